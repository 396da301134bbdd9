import {rmSync, writeFileSync} from 'node:fs'
import {createServer, type IncomingMessage, type Server, type ServerResponse} from 'node:http'
import type {AddressInfo} from 'node:net'
import type {Now} from '../core/clock'
import {OpError, systemCodeOf} from '../core/errors'
import {handleCall} from './call-handler'
import {controlPath, handleControl, type Controls} from './control'
import {accountId, Core} from './core'
import {openDataFolder, type DataFolder} from './data-folder'
import {discoveryFile} from './discover'
import {webPageProblem} from './web-guard'

export interface EndpointOptions {
  dataDir: string
  /** 0 takes a free one. */
  port: number
  /** 127.0.0.1 unless said otherwise. */
  host?: string | undefined
  machineNow: Now
  /** The version of usage-tracker, for `status` and for the data folder. */
  version: string
  log: (line: string) => void
  /** Whether others may find and use this endpoint: true for `local start`, false for one that lives for one command. */
  shared?: boolean | undefined
  /** How long to wait for another process that serves the folder to be done. */
  waitMs?: number | undefined
  /** Called when `POST stop` asks the endpoint to end. */
  onStop?: (() => void) | undefined
}

export interface Endpoint {
  url: string
  flush(): Promise<void>
  advance(ms: number): Promise<void>
  close(): Promise<void>
}

/**
 * Starts the local endpoint on a data folder. Throws OpError `PORT_IN_USE`, `DATA_FOLDER_IN_USE`, `DATA_FOLDER_VERSION`,
 * `DATA_FOLDER_UNUSABLE`, all of kind usage.
 */
export async function startEndpoint(options: EndpointOptions): Promise<Endpoint> {
  const folder = openDataFolder(options.dataDir, options.version)
  const running = new RunningEndpoint(folder, options, await openCore(folder, options))
  try {
    await running.listen()
    return running
  } catch (error) {
    await running.close()
    throw error
  }
}

async function openCore(folder: DataFolder, options: EndpointOptions): Promise<Core> {
  const deadline = options.machineNow() + (options.waitMs ?? 0)
  for (;;) {
    try {
      return new Core(folder, {
        machineNow: options.machineNow,
        random: Math.random,
        pid: process.pid,
        log: options.log,
      })
    } catch (error) {
      const held = error instanceof OpError && error.code === 'DATA_FOLDER_IN_USE'
      if (!held || options.machineNow() >= deadline) throw error
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}

class RunningEndpoint implements Endpoint {
  url = ''
  private readonly server: Server
  private closing: Promise<void> | undefined

  constructor(
    private readonly folder: DataFolder,
    private readonly options: EndpointOptions,
    private core: Core,
  ) {
    this.server = createServer((request, response) => void this.answer(request, response))
    // The SDKs keep connections open; a pause between two calls must not end in a reset.
    this.server.keepAliveTimeout = 65_000
  }

  async listen(): Promise<void> {
    const host = this.options.host ?? '127.0.0.1'
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', (error) => reject(listenError(error, this.options.port)))
      this.server.listen(this.options.port, host, resolve)
    })
    const {port} = this.server.address() as AddressInfo
    this.url = `http://${host.includes(':') ? `[${host}]` : host}:${port}`
    this.core.announce(this.url)
    await this.core.wakeBuffers()
    if (this.options.shared) {
      const found = {url: this.url, pid: process.pid, version: this.options.version}
      writeFileSync(discoveryFile(this.folder.path), JSON.stringify(found), {mode: 0o600})
    }
  }

  flush(): Promise<void> {
    return this.core.flush()
  }

  advance(ms: number): Promise<void> {
    return this.core.advance(ms)
  }

  close(): Promise<void> {
    return (this.closing ??= this.shutDown())
  }

  private async shutDown(): Promise<void> {
    if (this.options.shared) rmSync(discoveryFile(this.folder.path), {force: true})
    // Requests under way are answered; idle connections are let go.
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()))
    this.server.closeIdleConnections()
    const patience = setTimeout(() => this.server.closeAllConnections(), 2000)
    await (this.server.listening || this.url !== '' ? closed : Promise.resolve())
    clearTimeout(patience)
    await this.core.close()
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const problem = webPageProblem(request, this.options.host ?? '127.0.0.1')
      if (problem !== undefined) {
        request.resume()
        response.writeHead(403, {'content-type': 'application/json'}).end(JSON.stringify({error: problem}))
        return
      }
      if (request.url?.startsWith(controlPath)) {
        await handleControl(request, response, this.controls())
        return
      }
      await handleCall(request, response, {
        host: this.core.host,
        accountId,
        now: () => this.core.clock.now(),
        endpoint: () => this.url,
        log: this.options.log,
      })
    } catch (error) {
      // Only a broken connection comes here; there is nobody left to answer.
      this.options.log(`connection lost: ${String(error)}`)
      response.destroy()
    }
  }

  private controls(): Controls {
    const {version} = this.options
    return {
      health: () => ({status: 'ready', version, dataDir: this.folder.path, pid: process.pid}),
      status: () => this.status(),
      flush: async () => {
        await this.core.flush()
        return this.status()
      },
      advance: async (ms) => {
        await this.core.advance(ms)
        return this.status()
      },
      reset: async () => {
        await this.reset()
        return this.status()
      },
      events: (after) => this.core.received.page(after),
      stop: () => this.options.onStop?.(),
    }
  }

  private async status(): Promise<Record<string, unknown>> {
    const {count, oldestAt} = await this.core.pending()
    return {
      endpoint: this.url,
      dataDir: this.folder.path,
      pid: process.pid,
      version: this.options.version,
      now: new Date(this.core.clock.now()).toISOString(),
      pending: {count, ...(oldestAt === undefined ? {} : {oldestAt: new Date(oldestAt).toISOString()})},
    }
  }

  private async reset(): Promise<void> {
    await this.core.erase()
    this.core = await openCore(openDataFolder(this.folder.path, this.options.version), this.options)
    this.core.announce(this.url)
    await this.core.wakeBuffers()
  }
}

function listenError(error: Error, port: number): Error {
  if (systemCodeOf(error) !== 'EADDRINUSE' && systemCodeOf(error) !== 'EACCES') return error
  const why = systemCodeOf(error) === 'EACCES' ? 'may not be used by this user' : 'is already in use'
  return new OpError('usage', 'PORT_IN_USE', `Port ${port} ${why}.`, {
    hint: 'Name another port with --port, or take a free one with --port 0.',
    cause: error,
  })
}
