import {OpError} from '../core/errors'
import {ControlClient} from '../local/control-client'
import type {LocalStatus} from '../local/control-client'
import {isDataFolder} from '../local/data-folder'
import {findRunning} from '../local/discover'
import {localUrl} from './local-place'
import type {LocalHost} from './local-place'
import {checkedUrl, chooseDataDir} from './settings'
import type {Sources} from './settings'

/**
 * The controls of the local endpoint that is meant: by address or data folder of the flags, else of the variables, else of the
 * file, else `AWS_ENDPOINT_URL`, else the default data folder. Throws BAD_ENDPOINT (usage), and NO_LOCAL_ENDPOINT
 * (absent) where none answers.
 */
export async function findEndpoint(sources: Sources): Promise<ControlClient> {
  const url = chosenUrl(sources)
  if (url !== undefined) return answering(url)
  const dataDir = chooseDataDir(sources)
  const running = await findRunning(dataDir)
  if (running) return new ControlClient(running.url)
  throw absent(`No local endpoint serves ${dataDir}.`, startHint(sources, dataDir))
}

/** What is known of a local endpoint after something was done to it: no address and no process where it ends with the command. */
export type LocalOutcome = Omit<LocalStatus, 'endpoint' | 'pid'> & Partial<LocalStatus>

export interface BorrowedEndpoint {
  control: ControlClient
  toOutcome: (status: LocalStatus) => LocalOutcome
}

/**
 * The endpoint that `findEndpoint` finds; where none runs on a data folder that is there, one inside this process, closed when
 * the command ends. A folder that no endpoint has written is not touched. Throws NO_LOCAL_ENDPOINT (absent), BAD_ENDPOINT
 * (usage) and what `startEndpoint` throws.
 */
export async function borrowEndpoint(sources: Sources, host: LocalHost): Promise<BorrowedEndpoint> {
  const dataDir = chooseDataDir(sources)
  if (chosenUrl(sources) !== undefined || (await findRunning(dataDir))) {
    return {control: await findEndpoint(sources), toOutcome: (status) => status}
  }
  if (!isDataFolder(dataDir)) {
    throw absent(`${dataDir} is no data folder of a local endpoint.`, startHint(sources, dataDir))
  }
  const {url} = await localUrl(dataDir, host)
  return {control: new ControlClient(url), toOutcome: withoutEndpoint}
}

function withoutEndpoint(status: LocalStatus): LocalOutcome {
  const {dataDir, version, now, pending} = status
  return {dataDir, version, now, pending}
}

async function answering(url: string): Promise<ControlClient> {
  const control = new ControlClient(url)
  if (await control.health()) return control
  throw absent(`No local endpoint answers at ${url}.`, 'usage-tracker local start')
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

function absent(message: string, hint: string): OpError {
  return new OpError('absent', 'NO_LOCAL_ENDPOINT', message, {hint})
}

/** A word as a shell reads it back. */
function shellWord(text: string): string {
  return /^[\w./:@%+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}

function startHint({defaultDataDir}: Sources, dataDir: string): string {
  return `usage-tracker local start${dataDir === defaultDataDir ? '' : ` --data-dir ${shellWord(dataDir)}`}`
}
