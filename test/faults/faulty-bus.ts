import {createServer, request as requestHttp} from 'node:http'
import type {IncomingMessage, ServerResponse} from 'node:http'
import {Agent} from 'node:http'
import type {AddressInfo} from 'node:net'

export const faultKinds = [
  'throttle',
  'dropRequest',
  'dropAnswer',
  'reset',
  'delay',
  'fail500',
  'failEntries',
  'duplicate',
] as const
export type FaultKind = (typeof faultKinds)[number]

export interface FaultOptions {
  /** From 0 (inclusive) to 1 (exclusive). */
  random: () => number
  /** The share of PutEvents calls that something happens to. */
  share: number
}

/** What really happened to the events that were sent through the proxy, by `eventId`. */
export interface Truth {
  /** How many requests named the event. */
  sentCount: Map<string, number>
  /** The bus accepted it, whether or not anybody was told. */
  arrived: Set<string>
  /** How often the sender was told in full that it was accepted. */
  acknowledged: Map<string, number>
  /** The sender was told that it never will be. */
  refused: Set<string>
}

interface WireEntry {
  Detail: string
}

interface WireResult {
  EventId?: string
  ErrorCode?: string
  ErrorMessage?: string
}

interface Upstream {
  status: number
  body: string
}

const codes = ['InternalFailure', 'ThrottlingException', 'InvalidArgument']

/** A server between sender and endpoint. Calls of PutEvents meet faults by chance; all else is handed on as it is. */
export class FaultyBus {
  readonly counts = Object.fromEntries(faultKinds.map((kind) => [kind, 0])) as Record<FaultKind, number>
  callCount = 0
  /** Hears of every call of PutEvents before it is handed on. */
  onPut: () => void = () => undefined
  private faults: FaultOptions = {random: () => 0, share: 0}
  private truth: Truth = emptyTruth()
  private readonly agent = new Agent({keepAlive: true})
  private readonly server = createServer((incoming, answer) => void this.serve(incoming, answer))

  private constructor(private readonly endpoint: string) {}

  static async start(endpoint: string): Promise<FaultyBus> {
    const bus = new FaultyBus(endpoint)
    await new Promise<void>((resolve) => bus.server.listen(0, '127.0.0.1', resolve))
    return bus
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`
  }

  /** Begins a run: faults by these chances, an account of its own. */
  begin(faults: FaultOptions): Truth {
    this.faults = faults
    return (this.truth = emptyTruth())
  }

  async close(): Promise<void> {
    this.server.closeAllConnections()
    this.agent.destroy()
    await new Promise((resolve) => this.server.close(resolve))
  }

  private async serve(incoming: IncomingMessage, answer: ServerResponse): Promise<void> {
    const body = await readAll(incoming).catch(() => undefined)
    if (body === undefined) return
    const isPut = incoming.headers['x-amz-target'] === 'AWSEvents.PutEvents'
    if (!isPut) return reply(answer, await this.forward(incoming, body))
    this.callCount += 1
    this.onPut()
    const {truth} = this
    const entries = (JSON.parse(body) as {Entries: WireEntry[]}).Entries
    for (const id of entries.map(idOf)) truth.sentCount.set(id, (truth.sentCount.get(id) ?? 0) + 1)
    const kind = this.chance()
    if (kind) this.counts[kind] += 1
    await this.put(kind, {incoming, answer, entries, truth})
  }

  private chance(): FaultKind | undefined {
    const {random, share} = this.faults
    return random() < share ? faultKinds[Math.floor(random() * faultKinds.length)] : undefined
  }

  private async put(kind: FaultKind | undefined, call: Call): Promise<void> {
    const {incoming, answer, entries} = call
    switch (kind) {
      case 'throttle':
        return reply(answer, {
          status: 400,
          body: '{"__type":"ThrottlingException","message":"Rate exceeded"}',
        })
      case 'fail500':
        return reply(answer, {status: 500, body: '{"__type":"InternalException","message":"It failed"}'})
      case 'dropRequest':
        incoming.socket.destroy()
        return
      case 'dropAnswer':
        await this.accept(call, entries)
        incoming.socket.destroy()
        return
      case 'reset':
        return this.reset(call)
      case 'failEntries':
        return this.failSome(call)
      case 'duplicate':
        await this.accept(call, entries)
        break
      case 'delay':
        await new Promise((resolve) => setTimeout(resolve, Math.ceil(this.faults.random() * 8)))
        break
      case undefined:
        break
    }
    const results = await this.accept(call, entries)
    if (!call.answer.destroyed) tell(call, entries, results)
  }

  /** The connection breaks in the middle of an answer that says that all is well. */
  private async reset({incoming, answer, entries, truth}: Call): Promise<void> {
    const results = await this.accept({incoming, answer, entries, truth}, entries)
    const text = JSON.stringify({FailedEntryCount: 0, Entries: results})
    answer.writeHead(200, {'content-type': 'application/x-amz-json-1.1', 'content-length': text.length})
    answer.write(text.slice(0, Math.floor(text.length / 2)), () => incoming.socket.resetAndDestroy())
  }

  /** At least one entry fails inside an answer of 200; the others go on to the bus. */
  private async failSome(call: Call): Promise<void> {
    const {random} = this.faults
    const certain = Math.floor(random() * call.entries.length)
    const fails = call.entries.map((_, i) => i === certain || random() < 0.3)
    const accepted = await this.accept(
      call,
      call.entries.filter((_, i) => !fails[i]),
    )
    const results = call.entries.map((_, i): WireResult => {
      if (!fails[i]) return accepted.shift() ?? {}
      return {ErrorCode: codes[Math.floor(random() * codes.length)] ?? '', ErrorMessage: 'by chance'}
    })
    tell(call, call.entries, results)
  }

  private async accept({incoming, truth}: Call, entries: readonly WireEntry[]): Promise<WireResult[]> {
    if (entries.length === 0) return []
    const {status, body} = await this.forward(incoming, JSON.stringify({Entries: entries}))
    if (status !== 200) throw new Error(`the endpoint answered ${status}: ${body}`)
    const results = (JSON.parse(body) as {Entries: WireResult[]}).Entries
    for (const [i, {EventId}] of results.entries()) {
      const entry = entries[i]
      if (entry && EventId !== undefined) truth.arrived.add(idOf(entry))
    }
    return results
  }

  private forward({method, headers, url = '/'}: IncomingMessage, body: string): Promise<Upstream> {
    const length = {'content-length': String(Buffer.byteLength(body))}
    return new Promise((resolve, reject) => {
      const options = {method, headers: {...headers, ...length}, agent: this.agent}
      const onward = requestHttp(new URL(url, this.endpoint), options, (response) => {
        readAll(response).then((text) => resolve({status: response.statusCode ?? 0, body: text}), reject)
      })
      onward.on('error', reject)
      onward.end(body)
    })
  }
}

interface Call {
  incoming: IncomingMessage
  answer: ServerResponse
  entries: readonly WireEntry[]
  truth: Truth
}

/** Answers in full, and notes what the sender knows by that. */
function tell({answer, truth}: Call, entries: readonly WireEntry[], results: readonly WireResult[]): void {
  for (const [i, {EventId, ErrorCode}] of results.entries()) {
    const entry = entries[i]
    if (!entry) continue
    const id = idOf(entry)
    if (EventId !== undefined) truth.acknowledged.set(id, (truth.acknowledged.get(id) ?? 0) + 1)
    if (ErrorCode === 'InvalidArgument') truth.refused.add(id)
  }
  const failedCount = results.filter(({ErrorCode}) => ErrorCode !== undefined).length
  reply(answer, {status: 200, body: JSON.stringify({FailedEntryCount: failedCount, Entries: results})})
}

function reply(answer: ServerResponse, {status, body}: Upstream): void {
  answer.writeHead(status, {'content-type': 'application/x-amz-json-1.1'}).end(body)
}

function idOf(entry: WireEntry): string {
  return (JSON.parse(entry.Detail) as {eventId: string}).eventId
}

function emptyTruth(): Truth {
  return {sentCount: new Map(), arrived: new Set(), acknowledged: new Map(), refused: new Set()}
}

async function readAll(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}
