import type {Endpoint} from '../local/endpoint'
import {startEndpoint} from '../local/endpoint'

export interface ServeOptions {
  dataDir: string
  port: number
  host: string | undefined
  version: string
  log: (line: string) => void
  /** Called with the address once requests are answered. */
  onReady: (url: string) => void
}

/**
 * Serves a data folder until SIGINT, SIGTERM or a `stop` request; all of them end it cleanly. Throws PORT_IN_USE,
 * DATA_FOLDER_IN_USE and the other errors of `startEndpoint`.
 */
export async function serveLocal(options: ServeOptions): Promise<void> {
  let end: () => void = () => undefined
  const ended = new Promise<void>((resolve) => (end = resolve))
  process.once('SIGINT', end)
  process.once('SIGTERM', end)
  let endpoint: Endpoint | undefined
  try {
    endpoint = await startEndpoint({
      dataDir: options.dataDir,
      port: options.port,
      host: options.host,
      machineNow: () => Date.now(),
      version: options.version,
      log: options.log,
      shared: true,
      onStop: end,
    })
    options.onReady(endpoint.url)
    await ended
  } finally {
    process.off('SIGINT', end)
    process.off('SIGTERM', end)
    await endpoint?.close()
  }
}
