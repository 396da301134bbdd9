const {spawnSync} = require('node:child_process')
const {writeFileSync} = require('node:fs')
const {join} = require('node:path')
const {eventLines} = require('./patterns/events')
const {bundle} = require('./bundle')
const {workFolder} = require('./processes')

const eventCount = 4000

/**
 * Events per second of one processor from which schemas are inferred: from text as `schemas discover` does it, and already parsed as the
 * discoverer of the local endpoint does it; beside the floor, JSON.parse of the same lines. Usage events as a bus delivers them, and
 * the same with attributes of ever other names. Each stream has a process of its own. Throws where the two ways do not find the same schema.
 */
exports.inference = async () => {
  const folder = workFolder('inference')
  const library = bundle(folder, measuredExports)
  const lines = eventLines(require(library).sampleUsageEvents, eventCount).map(ofOneSource)
  const streams = {usageEvents: lines, withAttributes: lines.map(withAttributes)}
  const eventsPerSecond = {}
  for (const [name, stream] of Object.entries(streams)) {
    const file = join(folder, `${name}.jsonl`)
    writeFileSync(file, `${stream.join('\n')}\n`)
    eventsPerSecond[name] = measured(library, file)
    process.stderr.write(`  ${name}: ${JSON.stringify(eventsPerSecond[name])}\n`)
  }
  const {floor, text, parsed} = eventsPerSecond.usageEvents
  const bytesPerEvent = Math.round(lines.reduce((sum, line) => sum + line.length, 0) / lines.length)
  return {eventsPerSecond, bytesPerEvent, textPerFloor: text / floor, parsedPerFloor: parsed / floor}
}

/** One kind of event, so that both ways have one schema to find. */
function ofOneSource(line) {
  return JSON.stringify({...JSON.parse(line), source: 'my-applications'})
}

/** Four attributes out of a thousand names: a map, not properties. */
function withAttributes(line, index) {
  const event = JSON.parse(line)
  const names = [1, 2, 3, 4].map((n) => `attribute-${(index * 7 + n * 251) % 1000}`)
  event.detail.attributes = Object.fromEntries(
    names.map((name, n) => [name, n % 2 ? `value ${index}` : index]),
  )
  return JSON.stringify(event)
}

/** What is measured. */
const measuredExports = [
  "export {EventKinds} from './src/lib/schema-model/event-kinds'",
  "export {Inference} from './src/lib/schema-model/infer'",
  "export {settleChoices} from './src/lib/schema-model/choices'",
  "export {toOpenApi} from './src/lib/schema-model/to-openapi'",
  "export {sampleUsageEvents} from './src/lib/usage-event/samples'",
]

function measured(library, file) {
  const program = join(__dirname, 'inference', 'measure.js')
  const {status, stdout, stderr} = spawnSync(process.execPath, [program, library, file], {encoding: 'utf8'})
  if (status !== 0) throw new Error(`measure.js ended with ${status}: ${stderr}`)
  return JSON.parse(stdout)
}
