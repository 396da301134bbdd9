import {OpError} from '../core/errors'
import {ControlClient} from '../local/control-client'
import {findRunning} from '../local/discover'
import {checkedUrl, chooseDataDir} from './settings'
import type {Sources} from './settings'

/**
 * The controls of the local endpoint that is meant: by address or data folder of the flags, else of the variables, else of the
 * file, else `AWS_ENDPOINT_URL`, else the default data folder. Throws BAD_ENDPOINT (usage), and NO_LOCAL_ENDPOINT
 * (absent) where none answers.
 */
export async function findEndpoint(sources: Sources): Promise<ControlClient> {
  const url = chosenUrl(sources)
  if (url !== undefined) {
    const control = new ControlClient(url)
    if (await control.health()) return control
    throw absent(`No local endpoint answers at ${url}.`)
  }
  const dataDir = chooseDataDir(sources)
  const running = await findRunning(dataDir)
  if (running) return new ControlClient(running.url)
  throw absent(`No local endpoint serves ${dataDir}.`)
}

/** An address, unless a data folder is named by something that counts as much or more. */
function chosenUrl({flags, given, env, config}: Sources): string | undefined {
  const levels = [
    {
      url: given.has('endpoint-url') ? flags['endpoint-url'] : undefined,
      dir: given.has('data-dir') ? flags['data-dir'] : undefined,
    },
    {url: env['USAGE_TRACKER_ENDPOINT_URL'], dir: env['USAGE_TRACKER_DATA_DIR']},
    {url: config.names.endpointUrl, dir: config.names.dataDir},
    {url: env['AWS_ENDPOINT_URL'], dir: undefined},
  ]
  const level = levels.find(({url, dir}) => Boolean(url) || Boolean(dir))
  return level?.url ? checkedUrl(level.url) : undefined
}

function absent(message: string): OpError {
  return new OpError('absent', 'NO_LOCAL_ENDPOINT', message, {hint: 'usage-tracker local start'})
}
