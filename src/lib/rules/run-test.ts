import type {Readable} from 'node:stream'
import type {AwsClients} from '../aws/clients'
import {OpError} from '../core/errors'
import {openInput} from '../events/open-input'
import {splitInput} from '../events/split-input'
import type {Pattern} from '../pattern/pattern'
import type {RoadSettings} from '../road/settings'
import {askEventBridge} from './ask-service'
import {deployedRule, deployedRules} from './deployed-rule'
import {patternOfRule} from './pattern-of-rule'
import type {EventResult, TestedPattern} from './test-events'
import {differencesOf, EventTester} from './test-events'
import type {EnvelopeFacts} from './tested-event'
import {toTestedEvent} from './tested-event'

/** What `pattern test` was asked to do. */
export interface TestRequest {
  /** A file of events, or `-` for standard input; standard input when not given, unless that is a terminal. */
  file: string | undefined
  /** The pattern itself; without it the rule of the settings, or all rules of their bus. */
  pattern: Pattern | undefined
  allRules: boolean
  /** Whether EventBridge is asked as well. */
  remote: boolean
}

/** Where the services are. */
export interface TestPlace {
  clients: AwsClients
  settings: RoadSettings
  now: () => number
}

/** What the test needs from outside; `connect` is called only where something must be asked. */
export interface TestDeps {
  stdin: Readable & {isTTY?: boolean}
  signal: AbortSignal
  /** Settings without account and region. */
  settings: () => Promise<RoadSettings>
  connect: () => Promise<TestPlace>
  /** Gets each result as it comes. */
  onResult: (result: EventResult) => void
}

/** What `pattern test` answers under `--json`. */
export interface TestResult {
  matchedCount: number
  missedCount: number
  /** Where the service was asked: how often it said something else. */
  differenceCount?: number
  results: EventResult[]
}

/**
 * Holds the events of the input against the patterns that are meant. Throws `NO_INPUT`, `INPUT_NOT_READABLE`, `BAD_EVENT`
 * (usage), `RULE_ABSENT`, `NO_PATTERN` (absent), and what reading rules and asking the service throw.
 */
export async function runTest(request: TestRequest, deps: TestDeps): Promise<TestResult> {
  const chunks = await openInput(fileOf(request.file, deps.stdin), deps.stdin, deps.signal)
  const isOffline = request.pattern !== undefined && !request.remote
  const place = isOffline ? undefined : await deps.connect()
  const settings = place?.settings ?? (await deps.settings())
  const ask = place && request.remote ? askEventBridge(await place.clients.eventBridge()) : undefined
  const tester = new EventTester(await patternsOf(request, place), ask)
  const facts = factsOf(settings, request.remote ? place : undefined)

  const results: EventResult[] = []
  for await (const element of splitInput(chunks)) {
    const result = await tester.test(toTestedEvent(element, facts))
    results.push(result)
    deps.onResult(result)
  }
  if (results.length === 0) throw noInput('The input holds no event.')
  return conclude(results, request.remote)
}

function fileOf(file: string | undefined, stdin: {isTTY?: boolean}): string {
  if (file !== undefined || !stdin.isTTY) return file ?? '-'
  throw noInput('There is nothing to test: name a FILE of events (- for standard input).')
}

function noInput(message: string): OpError {
  return new OpError('usage', 'NO_INPUT', message, {
    hint: 'usage-tracker pattern test events.ndjson --pattern @pattern.json',
  })
}

async function patternsOf(request: TestRequest, place: TestPlace | undefined): Promise<TestedPattern[]> {
  if (request.pattern || !place) return request.pattern ? [{rule: undefined, pattern: request.pattern}] : []
  const {clients, settings} = place
  if (!request.allRules) {
    const rule = await deployedRule(clients, settings.bus, settings.rule)
    if (rule.pattern === undefined)
      throw noPattern(`The rule ${rule.name} runs on a schedule and has no pattern.`)
    return [patternOfRule(rule, rule.pattern)]
  }
  const rules = await deployedRules(clients, settings.bus)
  const patterns = rules.flatMap((rule) =>
    rule.enabled && rule.pattern !== undefined ? [patternOfRule(rule, rule.pattern)] : [],
  )
  if (patterns.length === 0) throw noPattern(`The bus ${settings.bus} has no enabled rule with a pattern.`)
  return patterns
}

function noPattern(message: string): OpError {
  return new OpError('absent', 'NO_PATTERN', message, {
    hint: 'Name another rule or bus, or give the pattern itself with --pattern.',
  })
}

/** `place` is given where the service is asked: it wants an id and a time too. */
function factsOf(settings: RoadSettings, place: TestPlace | undefined): EnvelopeFacts {
  const {source, detailType, accountId, region} = settings
  const standIns = place ? {id: '00000000-0000-0000-0000-000000000000', time: new Date(place.now())} : {}
  return {source, detailType, accountId, region, ...standIns}
}

function conclude(results: EventResult[], remote: boolean): TestResult {
  const matchedCount = results.filter(({matched}) => matched).length
  const counts = {matchedCount, missedCount: results.length - matchedCount}
  return remote
    ? {...counts, differenceCount: results.flatMap(differencesOf).length, results}
    : {...counts, results}
}
