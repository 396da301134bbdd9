/**
 * Our own matching, and the floor of it, as a contestant: `node contestant.js LIBRARY RULES EVENTS`, the last two files with one JSON
 * object in each line. Takes one order a line from standard input and answers each with one line, like EventRulerBench.java:
 * `check MODE` with `PAIRS SUM`, `round MODE MILLISECONDS` with `EVENTS NANOSECONDS PAIRS`.
 */
const {readFileSync} = require('node:fs')
const {createInterface} = require('node:readline')

const [library, rulesFile, eventsFile] = process.argv.slice(2)
const {parsePattern, RuleSet} = require(library)

/** The lines of a file, each a string of its own that holds on to nothing else. */
function linesOf(file) {
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n')
  return lines.map((line) => Buffer.from(line).toString('utf8'))
}

const patterns = linesOf(rulesFile).map((line, index) => ({key: index + 1, pattern: parsePattern(line)}))
const rules = RuleSet.compile(patterns)
const texts = linesOf(eventsFile)
const parsed = texts.map((text) => JSON.parse(text))

/** What is done with one event; all but the floor answer the rules that it matches. */
const modes = {
  /** What anything that parses must do. */
  floor: (event) => (JSON.parse(texts[event]) === null ? [0] : []),
  /** As PutEvents does it: parsed for its own ends, then matched by value, with the text at hand for long numbers. */
  text: (event) => rules.matchParsed(JSON.parse(texts[event]), texts[event]),
  /** From the text alone. */
  scan: (event) => rules.match(texts[event]),
  /** By value alone: long numbers as doubles, as they are in the peer's tree. */
  parsed: (event) => rules.matchParsed(parsed[event]),
}

/** By mode: the event that comes next. */
const places = {}

/** The clock is looked at once in so many events. */
const blockLength = 200

/** What the process has used of processors so far, in nanoseconds: what else runs on the machine does not count. */
function usedNs() {
  const {user, system} = process.cpuUsage()
  return (user + system) * 1000
}

/** Goes through the events again and again; each round goes on where the last one of its mode stopped. */
function round(mode, milliseconds) {
  const match = modes[mode]
  const startedAt = usedNs()
  const endAt = startedAt + milliseconds * 1_000_000
  let events = 0
  let matched = 0
  do {
    const from = places[mode] ?? 0
    const to = Math.min(from + blockLength, texts.length)
    for (let event = from; event < to; event += 1) matched += match(event).length
    places[mode] = to % texts.length
    events += to - from
  } while (usedNs() < endAt)
  return `${events} ${usedNs() - startedAt} ${matched}`
}

function check(mode) {
  let matched = 0
  let sum = 0
  for (let event = 0; event < texts.length; event += 1) {
    for (const rule of modes[mode](event)) {
      matched += 1
      sum += rule * (event + 1)
    }
  }
  return `${matched} ${sum}`
}

createInterface({input: process.stdin}).on('line', (order) => {
  const [what, mode, milliseconds] = order.split(' ')
  process.stdout.write(`${what === 'check' ? check(mode) : round(mode, milliseconds)}\n`)
})
