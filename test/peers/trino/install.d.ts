export interface TrinoInstallation {
  /** The program that runs it. */
  java: string
  /** A folder with `lib` and `plugin`. */
  server: string
}
/** See install.js: Trino and its Java, or undefined where one of the two cannot be had. */
export function installTrino(): TrinoInstallation | undefined
