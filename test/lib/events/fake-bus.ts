import type {AddressInfo} from 'node:net'
import {createServer} from 'node:http'
import {EventBridgeClient} from '@aws-sdk/client-eventbridge'

interface WireEntry {
  EventBusName: string
  Source: string
  DetailType: string
  Detail: string
  Time?: number
}

type Answer = {EventId: string} | {ErrorCode: string; ErrorMessage: string}

export interface FakeBus {
  client: EventBridgeClient
  accepted: WireEntry[]
  close: () => Promise<void>
}

/** A server with the bus `usage` that speaks PutEvents and DescribeEventBus; `decide` answers an error code to refuse an entry. */
export async function startFakeBus(
  decide: (entry: WireEntry) => string | undefined = () => undefined,
): Promise<FakeBus> {
  const accepted: WireEntry[] = []
  function put(entries: WireEntry[]): Answer[] {
    return entries.map((entry) => {
      const code = decide(entry)
      if (code !== undefined) return {ErrorCode: code, ErrorMessage: `refused: ${code}`}
      accepted.push(entry)
      return {EventId: `id-${accepted.length}`}
    })
  }
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      const input = JSON.parse(body) as {Name?: string; Entries: WireEntry[]}
      const isPut = request.headers['x-amz-target'] === 'AWSEvents.PutEvents'
      const isKnown = isPut || input.Name === 'usage'
      response.writeHead(isKnown ? 200 : 400, {'content-type': 'application/x-amz-json-1.1'})
      if (!isKnown)
        response.end('{"__type":"ResourceNotFoundException","message":"Event bus does not exist."}')
      else
        response.end(
          JSON.stringify(isPut ? {Entries: put(input.Entries), FailedEntryCount: 0} : {Name: input.Name}),
        )
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const client = new EventBridgeClient({
    region: 'eu-west-1',
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    credentials: {accessKeyId: 'test', secretAccessKey: 'test'},
  })
  async function close(): Promise<void> {
    client.destroy()
    await new Promise((resolve) => server.close(resolve))
  }
  return {client, accepted, close}
}
