import {createServer, request} from 'node:http'
import type {IncomingMessage, Server, ServerResponse} from 'node:http'
import type {AddressInfo} from 'node:net'

/** A way to an endpoint that is cut for good right after so many changing calls: the last one is made, and its answer lost. */
export interface CuttingProxy {
  url: string
  /** Changing calls that were made. */
  changeCount(): number
  close(): Promise<void>
}

/** Starts one in front of `endpoint`. */
export async function cuttingProxy(endpoint: string, cutAfter: number): Promise<CuttingProxy> {
  let changes = 0
  const server = createServer((incoming, answer) => {
    void readAll(incoming).then((body) => {
      if (changes >= cutAfter) return void incoming.socket.destroy()
      const isLast = isChanging(incoming, body) && ++changes >= cutAfter
      forward(endpoint, {incoming, body}, answer, isLast)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const {port} = server.address() as AddressInfo
  return {url: `http://127.0.0.1:${port}`, changeCount: () => changes, close: () => closed(server)}
}

function forward(
  endpoint: string,
  {incoming, body}: {incoming: IncomingMessage; body: Buffer},
  answer: ServerResponse,
  isLast: boolean,
): void {
  const {method, headers, url = '/'} = incoming
  const outgoing = request(new URL(url, endpoint), {method, headers}, (response) => {
    if (isLast) {
      response.resume()
      response.on('end', () => incoming.socket.destroy())
      return
    }
    answer.writeHead(response.statusCode ?? 500, response.headers)
    response.pipe(answer)
  })
  outgoing.on('error', () => incoming.socket.destroy())
  outgoing.end(body)
}

/** JSON services name the operation in a header, IAM in the body; REST services say it by the method. */
function isChanging({headers, method = 'GET'}: IncomingMessage, body: Buffer): boolean {
  const target = String(headers['x-amz-target'] ?? '').split('.')[1]
  const operation = target ?? /(?:^|&)Action=(\w+)/.exec(body.toString())?.[1]
  if (operation !== undefined) return !/^(Describe|Get|List)/.test(operation)
  return method !== 'GET' && method !== 'HEAD'
}

async function readAll(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

async function closed(server: Server): Promise<void> {
  server.closeAllConnections()
  await new Promise<void>((resolve) => server.close(() => resolve()))
}
