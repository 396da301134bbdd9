import {readFileSync} from 'node:fs'
import {createServer as createPlain, type Server} from 'node:http'
import {createServer as createSecure} from 'node:https'
import {connect, type AddressInfo, type Socket} from 'node:net'
import {join} from 'node:path'

const folder = join(__dirname, '..', 'lib', 'aws', 'tls')
const pem = (name: string) => readFileSync(join(folder, name), 'utf8')

export const bundleFile = join(folder, 'authority.pem')
export const account = '111122223333'
const answer =
  '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>' +
  `<Account>${account}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`

/** What a proxy was asked to connect to, and with which password. */
export interface Tunnel {
  target: string | undefined
  authorization: string | undefined
}

/** Servers of one test: an endpoint that tells everybody the same account, over http or https, and proxies. */
export class TestNetwork {
  readonly tunnels: Tunnel[] = []
  private readonly servers: Server[] = []
  private readonly sockets = new Set<Socket>()

  /** `localhost:PORT` of an https endpoint with a certificate of the authority in `bundleFile`. */
  async secure(): Promise<string> {
    const keys = {key: pem('server-key.pem'), cert: pem('server.pem')}
    const server = createSecure(keys, (request, response) => {
      request.resume()
      response.end(answer)
    })
    return `localhost:${await this.listen(server)}`
  }

  /** `localhost:PORT` of an http endpoint. */
  async plain(): Promise<string> {
    const server = createPlain((request, response) => {
      request.resume()
      response.end(answer)
    })
    return `localhost:${await this.listen(server)}`
  }

  /** `127.0.0.1:PORT` of a proxy that connects to wherever it is asked to; with another `status` it refuses. */
  async proxy(status = 200): Promise<string> {
    const proxy = createPlain()
    proxy.on('connect', (request, client: Socket) => {
      this.tunnels.push({target: request.url, authorization: request.headers['proxy-authorization']})
      client.on('error', () => undefined)
      if (status === 200) this.tunnel(request.url ?? '', client)
      else client.end(`HTTP/1.1 ${status} No\r\ncontent-length: 0\r\n\r\n`)
    })
    return `127.0.0.1:${await this.listen(proxy)}`
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy()
    await Promise.all(this.servers.map((server) => new Promise((resolve) => server.close(resolve))))
  }

  private tunnel(target: string, client: Socket): void {
    const [host = '', port = ''] = target.split(':')
    const server = connect(Number(port), host, () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n')
      server.pipe(client).pipe(server)
    })
    server.on('error', () => client.destroy())
    client.on('close', () => server.destroy())
  }

  private listen(server: Server): Promise<number> {
    this.servers.push(server)
    server.on('connection', (socket: Socket) => this.sockets.add(socket))
    return new Promise((resolve) => {
      server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
    })
  }
}
