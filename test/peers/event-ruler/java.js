/**
 * Event Ruler, the library that EventBridge matches with, and our own Java classes that run it. Everything that is fetched
 * or compiled goes into `.peers/event-ruler`.
 */
const {spawnSync} = require('node:child_process')
const {existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync} = require('node:fs')
const {basename, delimiter, join} = require('node:path')

const home = join(__dirname, '..', '..', '..', '.peers', 'event-ruler')
const libraries = join(home, 'lib')
const classes = join(home, 'classes')
const stamp = join(home, 'installed.xml')
const pom = join(__dirname, 'pom.xml')

/** Runs a command whose output matters only when it fails. */
function run(command, args) {
  const {status, stdout, stderr} = spawnSync(command, args, {encoding: 'utf8'})
  return {isDone: status === 0, output: `${stdout ?? ''}${stderr ?? ''}`}
}

function fetchLibraries() {
  const wanted = readFileSync(pom, 'utf8')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return true
  rmSync(home, {recursive: true, force: true})
  mkdirSync(home, {recursive: true})
  const goal = ['dependency:copy-dependencies', `-DoutputDirectory=${libraries}`, '-DincludeScope=runtime']
  const {isDone, output} = run('mvn', ['--batch-mode', '--quiet', '--file', pom, ...goal])
  if (isDone) writeFileSync(stamp, wanted)
  else process.stderr.write(output)
  return isDone
}

/**
 * Event Ruler and what it depends on: the class path (`java -cp`), or undefined where Java, Maven or what Maven fetches
 * cannot be had. Only the first call fetches; a later one finds its stamp.
 */
exports.installEventRuler = function installEventRuler() {
  const hasJava = ['java', 'javac'].every((command) => run(command, ['-version']).isDone)
  return hasJava && fetchLibraries() ? join(libraries, '*') : undefined
}

/**
 * Compiles one Java file against `classPath`, unless that has been done since it was changed. Answers the class path to
 * run it with; its class has the file's name. Throws what the compiler says.
 */
exports.compileJava = function compileJava(sourceFile, classPath) {
  const compiled = join(classes, `${basename(sourceFile, '.java')}.class`)
  const isNew = existsSync(compiled) && statSync(compiled).mtimeMs > statSync(sourceFile).mtimeMs
  if (!isNew) {
    mkdirSync(classes, {recursive: true})
    const {isDone, output} = run('javac', ['-encoding', 'UTF-8', '-cp', classPath, '-d', classes, sourceFile])
    if (!isDone) throw new Error(`${sourceFile} does not compile:\n${output}`)
  }
  return [classPath, classes].join(delimiter)
}
