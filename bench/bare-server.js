/**
 * The floor of a server that accepts PutEvents: reads the body, parses it and its details, makes ten ids, answers.
 * With `--sync` it also appends each body to a file and syncs it before the answer.
 */
const {randomUUID} = require('node:crypto')
const {fdatasync, openSync, write} = require('node:fs')
const {createServer} = require('node:http')

const file = process.argv[2] === '--sync' ? openSync(process.argv[3], 'a') : undefined

const server = createServer((request, response) => {
  const chunks = []
  request.on('data', (chunk) => chunks.push(chunk))
  request.on('end', () => {
    const body = Buffer.concat(chunks)
    const Entries = JSON.parse(body.toString('utf8')).Entries.map((entry) => {
      JSON.parse(entry.Detail)
      return {EventId: randomUUID()}
    })
    const answer = () =>
      response
        .writeHead(200, {'content-type': 'application/x-amz-json-1.1'})
        .end(JSON.stringify({FailedEntryCount: 0, Entries}))
    if (file === undefined) return answer()
    write(file, body, () => fdatasync(file, answer))
  })
})

server.listen(0, '127.0.0.1', () => process.stdout.write(`http://127.0.0.1:${server.address().port}\n`))
process.on('SIGTERM', () => process.exit(0))
