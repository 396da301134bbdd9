import type {IncomingMessage, ServerResponse} from 'node:http'
import {messageOf} from '../core/errors'
import type {ReceivedPage} from './received/received-event'
import {readWhole} from './wire/body'

/** What `/_usage-tracker/...` can do to a running endpoint. */
export interface Controls {
  health(): {status: 'ready'; version: string; dataDir: string; pid: number}
  status(): Promise<Record<string, unknown>>
  flush(): Promise<Record<string, unknown>>
  advance(ms: number): Promise<Record<string, unknown>>
  reset(): Promise<Record<string, unknown>>
  /** What came in, page by page. */
  events(after: string | undefined): Promise<ReceivedPage>
  stop(): void
}

export const controlPath = '/_usage-tracker/'

/**
 * Answers the endpoint's own requests: `GET health`, `GET status`, `GET events?after=...`, `POST flush|advance|reset|stop`, all in JSON.
 */
export async function handleControl(
  request: IncomingMessage,
  response: ServerResponse,
  controls: Controls,
): Promise<void> {
  const {pathname, searchParams} = new URL(request.url ?? '', 'http://endpoint')
  const name = pathname.slice(controlPath.length)
  try {
    const body = await readWhole(request)
    const result = await runControl(`${request.method ?? ''} ${name}`, {body, query: searchParams}, controls)
    answer(
      response,
      result === undefined ? 404 : 200,
      result ?? {error: `There is no ${request.method ?? ''} ${name}.`},
    )
  } catch (error) {
    answer(response, 400, {error: messageOf(error)})
  }
}

async function runControl(
  what: string,
  {body, query}: {body: Buffer; query: URLSearchParams},
  controls: Controls,
): Promise<object | undefined> {
  switch (what) {
    case 'GET health':
      return controls.health()
    case 'GET status':
      return controls.status()
    case 'GET events':
      return controls.events(query.get('after') ?? undefined)
    case 'POST flush':
      return controls.flush()
    case 'POST advance':
      return controls.advance(advanceMs(body))
    case 'POST reset':
      return controls.reset()
    case 'POST stop':
      controls.stop()
      return {stopping: true}
    default:
      return undefined
  }
}

/** Beyond this a date has no ISO form of four-digit years; nobody waits so long. */
const longestAdvanceMs = 100 * 365 * 24 * 60 * 60 * 1000

function advanceMs(body: Buffer): number {
  const {ms} = JSON.parse(body.toString('utf8') || '{}') as {ms?: unknown}
  if (typeof ms !== 'number' || !(ms >= 0 && ms <= longestAdvanceMs)) {
    throw new TypeError('advance wants {"ms": NUMBER}, milliseconds from 0 to 100 years.')
  }
  return ms
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, {'content-type': 'application/json'}).end(JSON.stringify(body))
}
