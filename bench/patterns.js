const {spawn} = require('node:child_process')
const {writeFileSync} = require('node:fs')
const {join} = require('node:path')
const {createInterface} = require('node:readline')
const {compileJava, installEventRuler} = require('../test/peers/event-ruler/java')
const {eventLines} = require('./patterns/events')
const {mixedRules, typicalRules} = require('./patterns/rules')
const {bundle} = require('./bundle')
const {median, workFolder} = require('./processes')

const eventCount = 4000
const rounds = 5
const roundMs = 700
const warmUpMs = 3000
const aims = {typicalParsedPerEventRuler: 2, typicalTextPerFloor: 0.6, cost1000PerTypical: 2}

/**
 * Usage events matched per second of one processor, for rule sets of several sizes: from text as PutEvents does it (parsed, then
 * matched), from text alone (`scan`), and already parsed; beside the floor, JSON.parse of the same lines, and Event Ruler on the JVM
 * with the same rules and events. Each set has processes of its own that take turns, round by round. Throws when two of them
 * do not match the same pairs of event and rule.
 */
exports.patterns = async () => {
  const folder = workFolder('patterns')
  const library = bundle(folder, measuredExports)
  const lines = eventLines(require(library).sampleUsageEvents, eventCount)
  const eventsFile = writeLines(join(folder, 'events.jsonl'), lines)
  const classPath = peerClassPath()
  const sets = {}
  for (const [name, rules] of ruleSets(lines.map((line) => JSON.parse(line)))) {
    const rulesFile = writeLines(
      join(folder, `${name}.jsonl`),
      rules.map((rule) => JSON.stringify(rule)),
    )
    sets[name] = await measure({library, classPath, rulesFile, eventsFile})
    process.stderr.write(`  ${name}: ${JSON.stringify(sets[name])}\n`)
  }
  const bytesPerEvent = Math.round(lines.reduce((sum, line) => sum + line.length, 0) / lines.length)
  return {eventsPerSecond: sets, bytesPerEvent, ...ratios(sets), aims}
}

function* ruleSets(events) {
  yield ['typical5', typicalRules()]
  for (const count of [100, 300, 1000, 10_000]) yield [`mixed${count}`, mixedRules(events, count)]
}

/** What is measured. */
const measuredExports = [
  "export {parsePattern} from './src/lib/pattern/parse-pattern'",
  "export {RuleSet} from './src/lib/pattern/rule-set'",
  "export {sampleUsageEvents} from './src/lib/usage-event/samples'",
]

function peerClassPath() {
  const installed = installEventRuler()
  return installed && compileJava(join(__dirname, 'patterns', 'EventRulerBench.java'), installed)
}

function writeLines(file, lines) {
  writeFileSync(file, `${lines.join('\n')}\n`)
  return file
}

async function measure({library, classPath, rulesFile, eventsFile}) {
  const program = join(__dirname, 'patterns', 'contestant.js')
  const ours = start('ours', process.execPath, [program, library, rulesFile, eventsFile])
  const java = ['-XX:+UseSerialGC', '-Xms2g', '-Xmx2g', '-cp', classPath, 'EventRulerBench']
  const peer = classPath && start('eventRuler', 'java', [...java, rulesFile, eventsFile])
  const modes = [
    ...['floor', 'text', 'scan', 'parsed'].map((mode) => ({of: ours, mode, name: mode})),
    ...(peer ? [{of: peer, mode: 'text', name: 'eventRulerText'}] : []),
    ...(peer ? [{of: peer, mode: 'parsed', name: 'eventRulerParsed'}] : []),
  ]
  const matchedPairs = await checkAlike(modes.filter(({mode}) => mode !== 'floor'))
  for (const mode of modes) await eventsPerSecond(mode, warmUpMs)
  const rates = modes.map(() => [])
  for (let round = 0; round < rounds; round += 1) {
    for (const [n, mode] of modes.entries()) rates[n].push(await eventsPerSecond(mode, roundMs))
  }
  for (const contestant of [ours, peer]) contestant?.stop()
  const medians = modes.map(({name}, n) => [name, Math.round(median(rates[n]))])
  return {
    ...Object.fromEntries(medians),
    ...(peer ? {} : {eventRuler: 'not installed'}),
    matchedPerEvent: matchedPairs / eventCount,
  }
}

/** How many pairs of event and rule match. A bench of wrong answers is worth nothing. */
async function checkAlike(modes) {
  const answers = []
  for (const {of, mode} of modes) answers.push(await of.ask(`check ${mode}`))
  if (new Set(answers).size > 1) {
    throw new Error(
      `These do not match alike: ${modes.map(({name}, n) => `${name} ${answers[n]}`).join(', ')}`,
    )
  }
  return Number(answers[0].split(' ')[0])
}

async function eventsPerSecond({of, mode}, milliseconds) {
  const [events, nanoseconds] = (await of.ask(`round ${mode} ${milliseconds}`)).split(' ')
  return (Number(events) / Number(nanoseconds)) * 1e9
}

/** A process that answers each line with a line. */
function start(name, command, args) {
  const child = spawn(command, args, {stdio: ['pipe', 'pipe', 'inherit']})
  const lines = createInterface({input: child.stdout})[Symbol.asyncIterator]()
  const ask = async (order) => {
    child.stdin.write(`${order}\n`)
    const {value, done} = await lines.next()
    if (done) throw new Error(`${name} ended before it answered "${order}".`)
    return value
  }
  return {ask, stop: () => child.stdin.end()}
}

function ratios(sets) {
  const {typical5, mixed1000} = sets
  const peer = typical5.eventRulerText !== undefined
  return {
    typicalTextPerFloor: typical5.text / typical5.floor,
    ...(peer ? {typicalParsedPerEventRuler: typical5.parsed / typical5.eventRulerParsed} : {}),
    ...(peer ? {typicalTextPerEventRuler: typical5.text / typical5.eventRulerText} : {}),
    cost1000PerTypical: typical5.text / mixed1000.text,
    cost1000PerTypicalParsed: typical5.parsed / mixed1000.parsed,
    ...(peer ? {mixed1000TextPerEventRuler: mixed1000.text / mixed1000.eventRulerText} : {}),
  }
}
