/**
 * `node sdk-loop.js URL IN_FLIGHT SECONDS`: PutEvents of ten usage events by the SDK client, so many in flight; prints {events, seconds}.
 */
const {EventBridgeClient, PutEventsCommand} = require('@aws-sdk/client-eventbridge')
const {putEventsBodies} = require('../usage-bodies')

const [url, inFlight, seconds] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])]
const client = new EventBridgeClient({
  endpoint: url,
  region: 'eu-west-1',
  credentials: {accessKeyId: 'test', secretAccessKey: 'test'},
})
const inputs = putEventsBodies(200).map((body) => JSON.parse(body))
let events = 0
let next = 0

async function sendUntil(endAt) {
  while (Date.now() < endAt) {
    const {FailedEntryCount} = await client.send(new PutEventsCommand(inputs[next++ % inputs.length]))
    if (FailedEntryCount > 0) throw new Error('entries failed')
    events += 10
  }
}

async function main() {
  const startedAt = Date.now()
  await Promise.all(Array.from({length: inFlight}, () => sendUntil(startedAt + seconds * 1000)))
  process.stdout.write(JSON.stringify({events, seconds: (Date.now() - startedAt) / 1000}))
}

void main()
