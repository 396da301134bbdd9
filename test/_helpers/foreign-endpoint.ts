import {createServer, request} from 'node:http'
import type {AddressInfo} from 'node:net'

export interface ForeignEndpoint {
  url: string
  close(): Promise<void>
}

/**
 * A way to an endpoint that does not show that it is a local one. With an operation of a JSON service named, Ctrl-C is pressed when that is
 * first asked for, and the call is never answered.
 */
export async function foreignEndpoint(endpoint: string, interruptAt?: string): Promise<ForeignEndpoint> {
  let isPressed = false
  const server = createServer((incoming, response) => {
    const {method, headers, url = '/'} = incoming
    if (url.startsWith('/_usage-tracker')) {
      response.writeHead(404).end()
      return
    }
    const operation = String(headers['x-amz-target']).split('.')[1]
    if (!isPressed && interruptAt !== undefined && operation === interruptAt) {
      isPressed = true
      process.emit('SIGINT')
      return
    }
    const onward = request(endpoint + url, {method, headers}, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers)
      answer.pipe(response)
    })
    incoming.pipe(onward)
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
