/** `node raw-objects.js FOLDER EVENTS PER_OBJECT`: raw objects as Firehose writes them, of generated events over five days. */
const {closeSync, mkdirSync, openSync, writeSync} = require('node:fs')
const {join} = require('node:path')
const {bundle} = require('../bundle')
const {workFolder} = require('../processes')

const [folder, events, perObject] = process.argv.slice(2)
const library = bundle(workFolder('samples'), [
  "export {sampleUsageEvents} from './src/lib/usage-event/samples'",
])
const {sampleUsageEvents} = require(library)
const from = Date.parse('2026-10-28T00:00:00Z')
const range = {from, to: from + 5 * 86_400_000}

function envelope(detail, number) {
  return {
    version: '0',
    id: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
    'detail-type': 'api-usage-event',
    source: 'my-applications',
    account: '000000000000',
    time: `${detail.occurredAt.slice(0, 19)}Z`,
    region: 'eu-west-1',
    resources: [],
    detail,
  }
}

mkdirSync(folder, {recursive: true})
let [number, file, lines] = [0, undefined, '']
const flush = () => {
  if (file !== undefined) writeSync(file, lines)
  lines = ''
}
for (const detail of sampleUsageEvents({seed: 1, count: Number(events), ...range})) {
  if (number % Number(perObject) === 0) {
    flush()
    if (file !== undefined) closeSync(file)
    file = openSync(join(folder, `raw-${number / Number(perObject)}.json`), 'w')
  }
  lines += `${JSON.stringify(envelope(detail, number))}\n`
  if (lines.length > 4e6) flush()
  number += 1
}
flush()
