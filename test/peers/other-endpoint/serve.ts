import {spawn} from 'node:child_process'
import {temporaryFolder} from '../../_helpers/endpoint'
import {bareEnvironment} from '../../_helpers/tool'

/** Another program's AWS endpoint, on a port of its own. */
export interface OtherEndpoint {
  url: string
  end(): Promise<void>
}

/**
 * Starts a server that says `Running on http://ADDRESS` when it is ready. Throws with what it wrote where it ends before
 * that.
 */
export async function serveOther(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<OtherEndpoint> {
  const home = temporaryFolder()
  const child = spawn(program, args, {cwd: home, env: {...bareEnvironment(home), ...env}})
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()))
  let written = ''
  const url = await new Promise<string>((resolve, reject) => {
    const onData = (chunk: Buffer): void => {
      written += chunk.toString()
      const address = /Running on (http:\/\/[\d.]+:\d+)/.exec(written)?.[1]
      if (address !== undefined) resolve(address)
    }
    child.stdout.on('data', onData)
    child.stderr.on('data', onData)
    child.once('error', reject)
    void gone.then(() => reject(new Error(`${program} ended before it was ready: ${written}`)))
  })
  return {
    url,
    end: async () => {
      child.kill('SIGTERM')
      await gone
    },
  }
}
