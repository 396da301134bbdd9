import {createHash} from 'node:crypto'
import type {EventBridgeClient} from '@aws-sdk/client-eventbridge'
import {HttpRequest} from '@smithy/core/protocols'
import type {Now} from '../core/clock'
import type {AwsCall} from './hear-calls'
import type {Answer, Post} from './post'
import {readByClient} from './read-by-client'

/** An entry of PutEvents without its bus, spelled as on the wire. */
export interface BulkEntry {
  Source: string
  DetailType: string
  Detail: string
  Time?: Date
  Resources?: string[]
  TraceHeader?: string
}

export interface BulkResult {
  eventId?: string | undefined
  errorCode?: string | undefined
  errorMessage?: string | undefined
}

export type BulkPut = (entries: readonly BulkEntry[]) => Promise<BulkResult[]>

/** What PutEvents answers, as it stands on the wire. */
interface WireAnswer {
  Entries?: {EventId?: string; ErrorCode?: string; ErrorMessage?: string}[]
}

export interface BulkPorts {
  client: EventBridgeClient
  /** What `endpointOf` answers; `post` goes there. */
  address: URL
  post: Post
  now: Now
  onCall?: ((call: AwsCall) => void) | undefined
}

/**
 * PutEvents to one bus (name or ARN) below the SDK client, which costs more than the rest of a request together: the body is written
 * here, signed by the client's own signer with its credentials, and posted. Endpoint, region, clock offset and the errors
 * are the client's too. Nothing is tried again. Answers one result per entry; throws what the client would throw, a
 * network error as Node names it.
 */
export async function bulkPutEvents(ports: BulkPorts, bus: string): Promise<BulkPut> {
  const {client, address, post, now, onCall} = ports
  const {config} = client
  const [region, signer, headers] = await Promise.all([
    config.region(),
    config.signer({
      name: 'sigv4',
      signingName: 'events',
      signingRegion: await config.region(),
      properties: {},
    }),
    fixedHeaders(client),
  ])
  const busMember = `,"EventBusName":${JSON.stringify(bus)}}`
  const where = {protocol: address.protocol, hostname: address.hostname, path: address.pathname}
  const place = address.port === '' ? where : {...where, port: Number(address.port)}

  return async (entries) => {
    onCall?.({service: 'EventBridge', operation: 'PutEvents', region, input: inputOf(entries, bus)})
    const body = Buffer.from(bodyOf(entries, busMember))
    const request = new HttpRequest({
      method: 'POST',
      ...place,
      headers: {
        ...headers,
        host: address.host,
        'x-amz-content-sha256': createHash('sha256').update(body).digest('hex'),
      },
      body,
    })
    const signingDate = new Date(now() + config.systemClockOffset)
    const {headers: signed} = await signer.sign(request, {signingDate})
    return resultsOf(client, await post({...signed, 'content-length': String(body.length)}, body))
  }
}

/** Where the client sends PutEvents: the endpoint asked for, or that of the region. */
export async function endpointOf(client: EventBridgeClient): Promise<URL> {
  const [{getEndpointFromInstructions}, {PutEventsCommand}] = await Promise.all([
    import('@smithy/core/endpoints'),
    import('@aws-sdk/client-eventbridge'),
  ])
  return (await getEndpointFromInstructions({}, PutEventsCommand, client.config)).url
}

async function fixedHeaders({config}: EventBridgeClient): Promise<Record<string, string>> {
  const agent = await config.defaultUserAgentProvider()
  return {
    'content-type': 'application/x-amz-json-1.1',
    'user-agent': agent.map((parts) => parts.filter((part) => part !== undefined).join('/')).join(' '),
    'x-amz-target': 'AWSEvents.PutEvents',
  }
}

/** One text for many entries: nothing is built that is only written out again. */
function bodyOf(entries: readonly BulkEntry[], busMember: string): string {
  return `{"Entries":[${entries.map((entry) => entryText(entry, busMember)).join(',')}]}`
}

/** Times are seconds since 1970, as the JSON protocols write them. */
function entryText(entry: BulkEntry, busMember: string): string {
  let text = `{"Source":${JSON.stringify(entry.Source)},"DetailType":${JSON.stringify(entry.DetailType)}`
  text += `,"Detail":${JSON.stringify(entry.Detail)}`
  if (entry.Time) text += `,"Time":${entry.Time.getTime() / 1000}`
  if (entry.Resources) text += `,"Resources":${JSON.stringify(entry.Resources)}`
  if (entry.TraceHeader !== undefined) text += `,"TraceHeader":${JSON.stringify(entry.TraceHeader)}`
  return text + busMember
}

function inputOf(entries: readonly BulkEntry[], bus: string): object {
  return {Entries: entries.map((entry) => ({...entry, EventBusName: bus}))}
}

/** What is no plain answer (an error, a web page, JSON cut short) is read by the client, so that it is the client's error. */
async function resultsOf(client: EventBridgeClient, answer: Answer): Promise<BulkResult[]> {
  const {Entries: entries = []} = plainAnswer(answer) ?? (await readByClient(client, answer))
  return entries.map((one) => ({
    eventId: one.EventId,
    errorCode: one.ErrorCode,
    errorMessage: one.ErrorMessage,
  }))
}

function plainAnswer({status, body}: Answer): WireAnswer | undefined {
  if (status !== 200) return undefined
  try {
    return JSON.parse(body.toString()) as WireAnswer
  } catch {
    return undefined
  }
}
