/** `node measure.js LIBRARY EVENTS`: prints events per second of each mode as JSON, medians of rounds that take turns. */
const {readFileSync} = require('node:fs')
const {median} = require('../processes')

const [library, eventsFile] = process.argv.slice(2)
const {EventKinds, Inference, settleChoices, toOpenApi} = require(library)

const rounds = 7
const warmUpMs = 2000
const roundMs = 500

/** The lines, each a string of its own that holds on to nothing else. */
const texts = readFileSync(eventsFile, 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => Buffer.from(line).toString('utf8'))
const parsed = texts.map((text) => JSON.parse(text))

const kinds = new EventKinds()
const inference = new Inference()

const modes = {
  /** What anything that parses must do. */
  floor: () => texts.forEach((text) => JSON.parse(text)),
  text: () => texts.forEach((text) => kinds.add(text)),
  parsed: () => parsed.forEach((event) => inference.add(event)),
}

/** What the process has used of processors so far, in microseconds: what else runs on the machine does not count. */
function usedUs() {
  const {user, system} = process.cpuUsage()
  return user + system
}

function eventsPerSecond(run, milliseconds) {
  const startedAt = usedUs()
  let events = 0
  do {
    run()
    events += texts.length
  } while (usedUs() - startedAt < milliseconds * 1000)
  return (events / (usedUs() - startedAt)) * 1e6
}

/** A bench of wrong answers is worth nothing: both ways must have found one schema. */
function checkAlike() {
  const [{model}] = kinds.learned()
  settleChoices(inference.shape)
  const other = toOpenApi({...model, shape: inference.shape})
  if (JSON.stringify(toOpenApi(model)) !== JSON.stringify(other)) {
    throw new Error('From text and parsed, the events have two schemas.')
  }
}

for (const run of Object.values(modes)) eventsPerSecond(run, warmUpMs)
checkAlike()
const rates = Object.keys(modes).map(() => [])
for (let round = 0; round < rounds; round += 1) {
  for (const [n, run] of Object.values(modes).entries()) rates[n].push(eventsPerSecond(run, roundMs))
}
const medians = Object.keys(modes).map((name, n) => [name, Math.round(median(rates[n]))])
process.stdout.write(JSON.stringify(Object.fromEntries(medians)))
