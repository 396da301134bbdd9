/** `node raw-objects.js FOLDER EVENTS PER_OBJECT [FROM DAYS]`: raw objects as Firehose writes them, of generated events in the order of their times. */
const {closeSync, mkdirSync, openSync, writeSync} = require('node:fs')
const {join} = require('node:path')
const {bundle} = require('../bundle')
const {workFolder} = require('../processes')

const [folder, events, perObject, start = '2026-10-28T00:00:00Z', days = '5'] = process.argv.slice(2)
const library = bundle(workFolder('samples'), [
  "export {sampleUsageEvents} from './src/lib/usage-event/samples'",
])
const {sampleUsageEvents} = require(library)
const from = Date.parse(start)
const range = {from, to: from + Number(days) * 86_400_000}

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
