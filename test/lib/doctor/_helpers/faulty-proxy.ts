import {createServer, request} from 'node:http'
import type {IncomingMessage} from 'node:http'
import type {AddressInfo} from 'node:net'

/** What the proxy answers in place of the endpoint. */
export interface Fault {
  status: number
  body: string
  contentType: string
}

/**
 * A server that hands every request on to an endpoint, except those that are signed for a service with a fault (`iam`), or
 * ask it for an operation with one (`iam:GetRole`, of the Query protocol).
 */
export async function faultyProxy(
  endpoint: string,
  faults: Readonly<Record<string, Fault>>,
): Promise<{url: string; close: () => Promise<void>}> {
  const server = createServer((incoming, response) => {
    void readAll(incoming).then((body) => {
      const service = /\/([a-z0-9-]+)\/aws4_request/.exec(incoming.headers.authorization ?? '')?.[1] ?? ''
      const operation = /(?:^|&)Action=(\w+)/.exec(body.toString())?.[1] ?? ''
      const fault = faults[service] ?? faults[`${service}:${operation}`]
      if (fault) {
        response.writeHead(fault.status, {'content-type': fault.contentType}).end(fault.body)
        return
      }
      const {method, headers, url = '/'} = incoming
      const onward = request(endpoint + url, {method, headers}, (answer) => {
        response.writeHead(answer.statusCode ?? 500, answer.headers)
        answer.pipe(response)
      })
      onward.end(body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function readAll(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}
