import type {AwsClients} from '../../aws/clients'
import {OpError} from '../../core/errors'
import type {Pattern} from '../../pattern/pattern'
import {envelopeShape} from '../../pattern/solve/event-shape'
import type {EventShape} from '../../pattern/solve/event-shape'
import {deployedRules, withTargets} from '../deployed-rule'
import type {BoundRule} from '../deployed-rule'
import type {Finding, LintResult} from './finding'
import {lintBus} from './lint-bus'
import {lintPattern} from './lint-pattern'
import {findLoops} from './loops'
import {findOverlaps} from './overlaps'
import type {ReadRule} from './read-rule'

/** A pattern that is not deployed: `name` is its file's. */
export interface PatternText {
  name: string | undefined
  text: string
}

type ShapeOf = (pattern: Pattern) => EventShape

/** Looks at patterns by themselves. */
export function lintPatterns(patterns: readonly PatternText[], shapeOf: ShapeOf): LintResult {
  return toResult(
    patterns.flatMap(({name, text}) => lintPattern(name === undefined ? [] : [name], text, shapeOf).findings),
    patterns.length,
  )
}

/**
 * Looks at the rules of a bus: each pattern by itself, and what the enabled ones do together. With `only`, what does not
 * concern that rule is left out. Throws `RULE_ABSENT` where the bus does not have that one, `BUS_ABSENT` where there is no such
 * bus (both absent), and what the service says otherwise.
 */
export async function lintRules(
  clients: AwsClients,
  bus: string,
  only: string | undefined,
  shapeOf: ShapeOf,
): Promise<LintResult> {
  const known = new Map<string, ReturnType<typeof readBus>>()
  const rulesOf = (name: string) => {
    const reading = known.get(name) ?? readBus(clients, name, shapeOf)
    known.set(name, reading)
    return reading
  }
  const {bound, read, findings} = await rulesOf(bus)
  if (only !== undefined && !bound.some(({name}) => name === only)) throw noRule(only, bus)
  const loops = await findLoops(bus, async (name) => (await neighbour(rulesOf(name))).read, envelopeShape)
  const all = [
    ...findings,
    ...findOverlaps(read, envelopeShape),
    ...loops,
    ...lintBus(
      bound,
      read.map(({pattern}) => pattern),
    ),
  ]
  if (only === undefined) return toResult(all, bound.length)
  return toResult(
    all.filter(({rules}) => rules.includes(only)),
    1,
  )
}

interface BusRules {
  /** Rules that have a pattern. */
  bound: BoundRule[]
  /** The enabled ones of which the pattern is valid. */
  read: ReadRule[]
  findings: Finding[]
}

async function readBus(clients: AwsClients, bus: string, shapeOf: ShapeOf): Promise<BusRules> {
  const rules = await deployedRules(clients, bus)
  const bound = await withTargets(
    clients,
    rules.filter((rule) => rule.pattern !== undefined),
  )
  const linted = bound.map((rule) => ({rule, ...lintPattern([rule.name], rule.pattern ?? '', shapeOf)}))
  return {
    bound,
    read: linted.flatMap(({rule, pattern}) => (pattern && rule.enabled ? [{...rule, pattern}] : [])),
    findings: linted.flatMap(({findings}) => findings),
  }
}

/** The rules of a bus that another's rule names; such a bus need not be there. */
async function neighbour(reading: Promise<BusRules>): Promise<BusRules> {
  try {
    return await reading
  } catch (error) {
    if (error instanceof OpError && error.kind === 'absent') return {bound: [], read: [], findings: []}
    throw error
  }
}

function noRule(name: string, bus: string): OpError {
  return new OpError('absent', 'RULE_ABSENT', `There is no rule ${name} with a pattern on the bus ${bus}.`, {
    hint: 'Leave --rule out to look at all rules of the bus.',
  })
}

/** Errors first; otherwise in the order in which they were found. */
function toResult(findings: readonly Finding[], checkedCount: number): LintResult {
  const errors = findings.filter(({severity}) => severity === 'error')
  const warnings = findings.filter(({severity}) => severity === 'warning')
  return {
    checkedCount,
    errorCount: errors.length,
    warningCount: warnings.length,
    findings: [...errors, ...warnings],
  }
}
