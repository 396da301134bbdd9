import {spawn, type ChildProcess} from 'node:child_process'
import {mkdirSync, rmSync, writeFileSync} from 'node:fs'
import {createServer, type AddressInfo} from 'node:net'
import {join} from 'node:path'
import {createInterface} from 'node:readline'
import {temporaryFolder} from '../../_helpers/endpoint'
import type {TrinoInstallation} from './install'

/** What a catalog file of Trino says. */
export type CatalogProperties = Readonly<Record<string, string>>

/** As the server's own launcher has them; the heap is small, and code is compiled in haste, for a server that lives for minutes. */
const jvmOptions = [
  '-Xmx1500m',
  '-XX:+UseG1GC',
  '-XX:+ExitOnOutOfMemoryError',
  '-XX:TieredStopAtLevel=1',
  '--add-modules=jdk.incubator.vector',
  '--add-opens=java.base/java.nio=ALL-UNNAMED',
  '--sun-misc-unsafe-memory-access=allow',
  '--enable-native-access=ALL-UNNAMED',
  '-Duser.timezone=UTC',
  '-Dfile.encoding=UTF-8',
]

/** One Trino that is coordinator and worker at once, on 127.0.0.1, with a folder of its own. */
export class TrinoServer {
  private constructor(
    readonly url: string,
    private readonly child: ChildProcess,
    private readonly gone: Promise<void>,
    private readonly home: string,
  ) {}

  /** Starts it and waits until it takes queries. `catalogs` are by name; `{home}` in a value is the server's folder. */
  static async start(
    {java, server}: TrinoInstallation,
    catalogs: Readonly<Record<string, CatalogProperties>>,
  ): Promise<TrinoServer> {
    const home = temporaryFolder()
    const port = await freePort()
    const url = `http://127.0.0.1:${port}`
    writeConfiguration(home, {url, port, server, catalogs})
    const classPath = join(server, 'lib', '*')
    const config = `-Dconfig=${join(home, 'config.properties')}`
    const child = spawn(java, [...jvmOptions, config, '-cp', classPath, join(__dirname, 'Trino.java')], {
      cwd: home,
      stdio: 'pipe',
    })
    const gone = new Promise<void>((resolve) => child.once('close', () => resolve()))
    await started(child, gone)
    return new TrinoServer(url, child, gone, home)
  }

  async end(): Promise<void> {
    this.child.stdin?.end()
    await this.gone
    rmSync(this.home, {recursive: true, force: true})
  }
}

function started(child: ChildProcess, gone: Promise<void>): Promise<void> {
  const lines: string[] = []
  return new Promise((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      if (!stream) continue
      createInterface({input: stream}).on('line', (line) => {
        lines.push(line)
        if (line.includes('SERVER STARTED')) resolve()
      })
    }
    void gone.then(() =>
      reject(new Error(`Trino ended before it was ready:\n${lines.slice(-60).join('\n')}`)),
    )
  })
}

interface Layout {
  url: string
  port: number
  server: string
  catalogs: Readonly<Record<string, CatalogProperties>>
}

function writeConfiguration(home: string, {url, port, server, catalogs}: Layout): void {
  for (const folder of ['catalogs', 'files']) mkdirSync(join(home, folder))
  writeProperties(join(home, 'config.properties'), {
    'node.environment': 'peers',
    'node.internal-address': '127.0.0.1',
    'node.bind-ip': '127.0.0.1',
    coordinator: 'true',
    'node-scheduler.include-coordinator': 'true',
    'http-server.http.port': String(port),
    'discovery.uri': url,
    'plugin.dir': join(server, 'plugin'),
    'catalog.config-dir': join(home, 'catalogs'),
    'web-ui.enabled': 'false',
    'query.max-length': '10000000',
  })
  for (const [name, properties] of Object.entries(catalogs)) {
    const own = Object.entries(properties).map(([key, value]) => [key, value.replace('{home}', home)])
    writeProperties(
      join(home, 'catalogs', `${name}.properties`),
      Object.fromEntries(own) as CatalogProperties,
    )
  }
}

function writeProperties(file: string, properties: CatalogProperties): void {
  writeFileSync(
    file,
    Object.entries(properties)
      .map(([key, value]) => `${key}=${value}\n`)
      .join(''),
  )
}

/** Trino must be told its own address before it listens. */
async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const {port} = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
