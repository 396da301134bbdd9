/**
 * Trino, the engine behind Athena: the jars of its server and of its Hive connector, by Maven into `.peers/trino`, and the newest
 * Java of this machine to run them.
 */
const {spawnSync} = require('node:child_process')
const {existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} = require('node:fs')
const {join} = require('node:path')

/** What the version in the two poms asks for (its release notes). */
const oldestJava = 25
/** For as long a fetch may take. */
const patienceMs = 15 * 60_000

const home = join(__dirname, '..', '..', '..', '.peers', 'trino')
const server = join(home, 'server')
const stamp = join(home, 'installed.txt')
/** Where the jars of each list go. A plugin has a folder of its own, and its own class loader. */
const folders = {
  'server.pom.xml': join(server, 'lib'),
  'hive.pom.xml': join(server, 'plugin', 'hive'),
}

/** Folders in which Linux, macOS and users keep Javas. */
function javaHomes() {
  const shelves = ['/usr/lib/jvm', '/Library/Java/JavaVirtualMachines', '/opt/java']
  const kept = shelves.flatMap((shelf) =>
    existsSync(shelf) ? readdirSync(shelf).map((name) => join(shelf, name)) : [],
  )
  return [process.env['JAVA_HOME'] ?? '', ...kept, ...kept.map((one) => join(one, 'Contents', 'Home'))]
}

/** The newest Java that is old enough for Trino: its home, or undefined. */
function newestJava() {
  const found = javaHomes().map((folder) => ({folder, version: javaVersion(join(folder, 'bin', 'java'))}))
  const [newest] = found.sort((one, other) => other.version - one.version)
  return newest && newest.version >= oldestJava ? newest.folder : undefined
}

/** `25` of `openjdk version "25.0.1"`; 0 where nothing answers. */
function javaVersion(program) {
  if (!existsSync(program)) return 0
  const {stderr} = spawnSync(program, ['-version'], {encoding: 'utf8'})
  return Number(/version "(\d+)/.exec(stderr ?? '')?.[1] ?? 0)
}

/** One of the two lists of jars into a folder. */
function fetchJars(pom, folder) {
  const words = ['--batch-mode', '--quiet', '--file', join(__dirname, pom), 'dependency:copy-dependencies']
  const options = [`-DoutputDirectory=${folder}`, '-DincludeScope=runtime']
  const {status, stdout, stderr} = spawnSync('mvn', [...words, ...options], {
    encoding: 'utf8',
    timeout: patienceMs,
  })
  if (status !== 0) process.stderr.write(`${stdout ?? ''}${stderr ?? ''}`)
  return status === 0
}

function fetchServer() {
  const wanted = Object.keys(folders)
    .map((pom) => readFileSync(join(__dirname, pom), 'utf8'))
    .join('')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return true
  rmSync(home, {recursive: true, force: true})
  mkdirSync(home, {recursive: true})
  const isDone = Object.entries(folders).every(([pom, folder]) => fetchJars(pom, folder))
  if (isDone) registerPlugin()
  if (isDone) writeFileSync(stamp, wanted)
  return isDone
}

/** A plugin names its class in a file of services, which the jars of the connector alone do not have. */
function registerPlugin() {
  const services = join(folders['hive.pom.xml'], 'services', 'META-INF', 'services')
  mkdirSync(services, {recursive: true})
  writeFileSync(join(services, 'io.trino.spi.Plugin'), 'io.trino.plugin.hive.HivePlugin\n')
}

/**
 * Where Trino lies and which Java runs it, or undefined where one of the two cannot be had. Only the first call fetches; a later one finds
 * its stamp, and one that was cut off begins anew.
 */
exports.installTrino = function installTrino() {
  const javaHome = newestJava()
  if (javaHome === undefined) {
    process.stderr.write(`Trino needs Java ${oldestJava} or newer (JAVA_HOME, or below /usr/lib/jvm).\n`)
    return undefined
  }
  return fetchServer() ? {java: join(javaHome, 'bin', 'java'), server} : undefined
}
