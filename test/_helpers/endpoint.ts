import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {startEndpoint, type Endpoint} from '../../src/lib/local/endpoint'

export interface TestEndpoint extends Endpoint {
  dataDir: string
  /** What every SDK client of a test is made with. */
  client: {
    endpoint: string
    region: string
    credentials: {accessKeyId: string; secretAccessKey: string}
    maxAttempts: number
  }
  logged: string[]
}

/** A new folder under the system's temporary one; the caller removes it. */
export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'usage-tracker-'))
}

/** An endpoint on a free port and, unless one is given, on a folder of its own. */
export async function testEndpoint(
  dataDir = temporaryFolder(),
  machineNow = () => Date.now(),
): Promise<TestEndpoint> {
  const logged: string[] = []
  const endpoint = await startEndpoint({
    dataDir,
    port: 0,
    machineNow,
    version: '0.0.0-test',
    log: (line) => logged.push(line),
  })
  return {
    url: endpoint.url,
    dataDir,
    logged,
    flush: () => endpoint.flush(),
    advance: (ms) => endpoint.advance(ms),
    close: () => endpoint.close(),
    client: {
      endpoint: endpoint.url,
      region: 'eu-west-1',
      credentials: {accessKeyId: 'test', secretAccessKey: 'test'},
      maxAttempts: 1,
    },
  }
}

/** Ends an endpoint and removes its folder. */
export async function discard(endpoint: TestEndpoint): Promise<void> {
  await endpoint.close()
  rmSync(endpoint.dataDir, {recursive: true, force: true})
}
