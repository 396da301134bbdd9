import {homedir} from 'node:os'
import {AwsClients} from '../aws/clients'
import type {Network} from '../aws/request-handler'
import {OpError} from '../core/errors'
import type {Now} from '../core/clock'
import {callLog} from './call-log'
import {localAccountId, localAt, localUrl} from './local-place'
import {withRegion} from './region-question'
import type {Session, SessionOptions} from './session-types'
import {chooseWhere, isLoopback, roadSettings, saidNames} from './settings'
import type {Choices} from './settings'
import {readSources} from './sources'
import type {Origins} from './sources'

/** A local endpoint checks no signature, but a request without one names no region. */
const localCredentials = {accessKeyId: 'test', secretAccessKey: 'test'}

export interface SessionQuestion extends Origins {
  version: string
  /** Id of the command: `events:send`. */
  command: string
  /** See `SessionOptions.identify`. */
  identify: boolean
  /** See `SessionOptions.asker`. */
  asker: SessionOptions['asker']
  note: (text: string) => void
  /** Takes what must be closed when the command ends, in order of opening. */
  onClose: (close: () => Promise<void>) => void
}

/**
 * Resolves the settings, connects, and checks the account pin before anything else is read.
 * Throws BAD_CONFIG, NO_CONFIG, UNKNOWN_ENVIRONMENT, NO_REGION, BAD_ENDPOINT, CONFLICTING_ENDPOINTS, BAD_PROXY,
 * CA_BUNDLE_NOT_READABLE, CALLS_NOT_WRITABLE (usage), ACCOUNT_MISMATCH (denied),
 * and what asking for the caller's identity throws.
 */
export async function openSession(question: SessionQuestion): Promise<Session> {
  const sources = await withRegion(await readSources(question), question.asker)
  const callsFile = question.env['USAGE_TRACKER_CALLS'] || undefined
  const choices = chooseWhere(sources)
  const {url: endpoint, ownDataDir} = await endpointOf(choices, question)
  const local = endpoint !== undefined && isLoopback(endpoint) ? await localAt(endpoint) : undefined
  const clients = new AwsClients({
    region: choices.region,
    endpoint,
    ...(local ? {credentials: localCredentials} : await network(choices, question)),
    ...(choices.profile === undefined ? {} : {profile: choices.profile}),
    mfaCode: askMfaCode,
    onCall: callsFile === undefined ? undefined : callLog(callsFile, question.command),
  })
  question.onClose(() => clients.close())
  const accountId = await accountOf(clients, choices, local !== undefined, question)
  return {
    clients,
    settings: roadSettings(sources, accountId, choices.region),
    said: saidNames(sources),
    where: {accountId, region: choices.region, endpoint, profile: choices.profile, ownDataDir},
    now: clockAhead(local?.aheadMs ?? 0),
    local: local?.control,
    config: sources.config,
  }
}

async function network({profile}: Choices, {env, folder}: SessionQuestion): Promise<Network> {
  const {networkOf} = await import('./network')
  return networkOf({env, folder, home: homedir(), profile})
}

interface EndpointPlace {
  /** Address of the services; undefined on AWS, where each has its own. */
  url: string | undefined
  /** See `Session.where`. */
  ownDataDir?: string
}

async function endpointOf({place}: Choices, question: SessionQuestion): Promise<EndpointPlace> {
  if (place.kind === 'aws') return {url: undefined}
  if (place.kind === 'url') return place
  const {url, isOwn} = await localUrl(place.dataDir, question)
  return {url, ...(isOwn && {ownDataDir: place.dataDir})}
}

async function accountOf(
  clients: AwsClients,
  choices: Choices,
  isLocal: boolean,
  {identify}: SessionQuestion,
): Promise<string> {
  const pin = choices.pinnedAccount
  if (!isLocal && !identify && pin === undefined) return ''
  const accountId = isLocal ? localAccountId : await callerAccount(clients)
  if (pin !== undefined && pin !== accountId) {
    throw new OpError(
      'denied',
      'ACCOUNT_MISMATCH',
      `The configuration pins account ${pin}, but the caller's is ${accountId}. Nothing was read.`,
      {
        hint: 'Choose the environment (--env) or the profile (--profile) of that account.',
      },
    )
  }
  return accountId
}

async function callerAccount(clients: AwsClients): Promise<string> {
  const {toOpError} = await import('../aws/map-sdk-error')
  const {GetCallerIdentityCommand} = await import('@aws-sdk/client-sts')
  try {
    const sts = await clients.sts()
    const {Account: accountId} = await sts.send(new GetCallerIdentityCommand({}))
    if (accountId !== undefined) return accountId
  } catch (error) {
    throw toOpError(error, "ask for the caller's account")
  }
  throw new OpError('service', 'BAD_ANSWER', "The endpoint did not say whose account the caller's is.")
}

/** The machine's clock, moved by as much as a local endpoint's has been advanced. */
function clockAhead(aheadMs: number): Now {
  return () => Date.now() + aheadMs
}

async function askMfaCode(serial: string): Promise<string> {
  const {askSecret, canAsk} = await import('./prompts')
  if (!canAsk()) {
    throw new OpError(
      'denied',
      'MFA_NEEDED',
      `The profile asks for the code of ${serial}, and nobody can be asked here.`,
      {
        hint: 'Run it on a terminal, or use a profile with a session that is still valid.',
      },
    )
  }
  return askSecret(`Code of ${serial}`)
}
