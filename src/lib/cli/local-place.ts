import {get} from 'node:http'
import type {LocalStatus} from '../local/control-client'
import type {LocalControl} from './session-types'

/** The only account of a local endpoint. */
export const localAccountId = '000000000000'

/** Two commands on one data folder take turns: the second waits this long for the first to end. */
const lockPatienceMs = 10_000

export interface LocalHost {
  version: string
  note: (text: string) => void
  onClose: (close: () => Promise<void>) => void
}

/**
 * Address of the local endpoint of a data folder: the one that runs, else one inside this process, stopped when the command
 * ends (`isOwn`). The endpoint's code is loaded only where it must be started. Throws what `startEndpoint` throws.
 */
export async function localUrl(dataDir: string, host: LocalHost): Promise<{url: string; isOwn: boolean}> {
  const {findRunning} = await import('../local/discover')
  const running = await findRunning(dataDir)
  if (running) return {url: running.url, isOwn: false}
  const {startEndpoint} = await import('../local/endpoint')
  const endpoint = await startEndpoint({
    dataDir,
    port: 0,
    machineNow: () => Date.now(),
    version: host.version,
    log: (line) => host.note(line),
    waitMs: lockPatienceMs,
  })
  host.onClose(() => endpoint.close())
  return {url: endpoint.url, isOwn: true}
}

/** A local endpoint that answers. `aheadMs`: how far its clock is before the machine's. */
export interface LocalPlace {
  control: LocalControl
  aheadMs: number
}

/** The local endpoint at a loopback address; undefined where something else answers there, or nothing. It speaks http alone. */
export async function localAt(url: string): Promise<LocalPlace | undefined> {
  const status = url.startsWith('http:') ? await statusOf(url) : undefined
  if (!status) return undefined
  const {ControlClient} = await import('../local/control-client')
  return {control: new ControlClient(url), aheadMs: Date.parse(status.now) - Date.now()}
}

/** Who answers at all answers at once, but a local endpoint in the middle of a long query may take seconds. */
const probePatienceMs = 5000

/**
 * What a local endpoint says of itself, else undefined. Asked by `node:http`, which the SDK loads anyway: the first `fetch` of
 * a process costs more than the rest of a short command.
 */
function statusOf(url: string): Promise<LocalStatus | undefined> {
  return new Promise((resolve) => {
    const request = get(
      `${url}/_usage-tracker/status`,
      {timeout: probePatienceMs, agent: false},
      (response) => {
        let text = ''
        response.setEncoding('utf8')
        response.on('data', (part: string) => (text += part))
        response.on('error', () => resolve(undefined))
        response.on('end', () => resolve(response.statusCode === 200 ? readStatus(text) : undefined))
      },
    )
    request.on('timeout', () => request.destroy())
    request.on('error', () => resolve(undefined))
  })
}

function readStatus(text: string): LocalStatus | undefined {
  try {
    const status = JSON.parse(text) as Partial<LocalStatus> | null
    return status?.endpoint !== undefined && status.now !== undefined ? (status as LocalStatus) : undefined
  } catch {
    return undefined
  }
}
