/** See java.js: the class path of Event Ruler, or undefined where it cannot be had. */
export function installEventRuler(): string | undefined
/** See java.js: compiles one Java file and answers the class path to run it with. */
export function compileJava(sourceFile: string, classPath: string): string
