/**
 * Sends prepared requests over keep-alive connections, one in flight on each, for some seconds.
 * `node load.js URL CONNECTIONS SECONDS` prints {requests, seconds}. It does as little as it can, so that the server is what is measured.
 */
const {connect} = require('node:net')
const {putEventsBodies} = require('./usage-bodies')

const [url, connections, seconds] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])]
const {hostname, port} = new URL(url)
const authorization =
  'AWS4-HMAC-SHA256 Credential=test/20260101/eu-west-1/events/aws4_request, SignedHeaders=host, Signature=0'

const requests = putEventsBodies(200).map((body) =>
  Buffer.from(
    `POST / HTTP/1.1\r\nHost: ${hostname}:${port}\r\nContent-Type: application/x-amz-json-1.1\r\nX-Amz-Target: AWSEvents.PutEvents\r\n` +
      `Authorization: ${authorization}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  ),
)

let done = 0
let next = 0
const endAt = Date.now() + seconds * 1000

/** One connection after the other, until the time is up: a server may close each after its answer. */
async function sendInTurn() {
  while (Date.now() < endAt) await sendOnOneConnection()
}

function sendOnOneConnection() {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname)
    let seen = ''
    const send = () => socket.write(requests[next++ % requests.length])
    socket.on('connect', send)
    socket.on('error', reject)
    socket.on('data', (chunk) => {
      seen += chunk.toString('latin1')
      const head = seen.indexOf('\r\n\r\n')
      if (head < 0) return
      const length = /content-length: (\d+)/i.exec(seen)
      const complete = length ? seen.length >= head + 4 + Number(length[1]) : seen.endsWith('0\r\n\r\n')
      if (!complete) return
      if (!seen.startsWith('HTTP/1.1 200') || !/"FailedEntryCount": ?0/.test(seen))
        return reject(new Error(seen))
      const closes = /\r\nconnection: close/i.test(seen.slice(0, head))
      seen = ''
      done += 1
      if (!closes && Date.now() < endAt) return send()
      socket.end()
      resolve()
    })
  })
}

async function main() {
  const startedAt = process.hrtime.bigint()
  await Promise.all(Array.from({length: connections}, sendInTurn))
  const took = Number(process.hrtime.bigint() - startedAt) / 1e9
  process.stdout.write(JSON.stringify({requests: done, seconds: took}))
}

void main().catch((error) => {
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
})
