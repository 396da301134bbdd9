/** `node usage-lines.js BYTES [EVENT_BYTES]`: usage events as NDJSON on stdout, so many bytes of them in all. */
const {randomUUID} = require('node:crypto')

const [totalBytes, eventBytes] = [Number(process.argv[2]), Number(process.argv[3] ?? 2000)]
const filler = 'x'.repeat(eventBytes)

function* lines() {
  for (let sent = 0; sent < totalBytes;) {
    let text = ''
    for (let i = 0; i < 100; i += 1) {
      const event = {
        eventId: randomUUID(),
        service: {name: 'bench'},
        api: {operation: 'ping'},
        attributes: {filler},
      }
      text += `${JSON.stringify(event)}\n`
    }
    sent += text.length
    yield text
  }
}

require('node:stream').Readable.from(lines()).pipe(process.stdout)
