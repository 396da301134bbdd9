import {request} from 'node:http'

export interface Answer {
  status: number
  headers: Record<string, string | string[] | undefined>
  body: string
}

/** One HTTP request as it is written here, without an SDK between. */
export function call(
  url: string,
  options: {method?: string; path?: string; headers?: Record<string, string>; body?: string | Buffer} = {},
): Promise<Answer> {
  const {method = 'POST', path = '/', headers = {}, body} = options
  return new Promise((resolve, reject) => {
    const {hostname, port} = new URL(url)
    const sent = request({hostname, port, method, path, headers, agent: false}, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString('utf8'),
        })
      })
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

/** What the signature of an SDK says of service and region; the endpoint looks at nothing else of it. */
export function signedFor(service: string, region = 'eu-west-1'): string {
  return `AWS4-HMAC-SHA256 Credential=test/20261122/${region}/${service}/aws4_request, SignedHeaders=host, Signature=00`
}
