import {readFileSync} from 'node:fs'
import {join, resolve} from 'node:path'
import {ControlClient} from './control-client'

/** Where an endpoint that others may use says that it is there. */
export function discoveryFile(dataDir: string): string {
  return join(dataDir, 'endpoint.json')
}

/** The endpoint that serves a data folder now, or undefined. What the file says is asked at the endpoint itself. */
export async function findRunning(dataDir: string): Promise<{url: string; pid: number} | undefined> {
  let found: {url: string; pid: number}
  try {
    found = JSON.parse(readFileSync(discoveryFile(dataDir), 'utf8')) as {url: string; pid: number}
  } catch {
    return undefined
  }
  const health = await new ControlClient(found.url).health()
  return health && resolve(health.dataDir) === resolve(dataDir)
    ? {url: found.url, pid: health.pid}
    : undefined
}
