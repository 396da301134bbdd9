import type {Rule} from '@aws-sdk/client-eventbridge'
import {OpError} from '../../core/errors'
import {parsePattern} from '../../pattern/parse-pattern'
import type {Pattern} from '../../pattern/pattern'
import {RuleSet} from '../../pattern/rule-set'
import {eventText} from '../../road/event-text'
import type {RoadSettings} from '../../road/settings'
import {sampleUsageEvents} from '../../usage-event/samples'
import {listRules} from '../read/read-rules'
import {asPlanned, isMade} from './question'
import type {Question} from './question'

const sampleCount = 20

/** A rule that takes usage events already may be the one that is meant: a second one to the same target doubles them. */
export const askRule: Question = async ({clients, asker, open, now}, planned) => {
  const {road, actual} = planned
  if (!open.rule || !isMade(planned, 'rule') || !actual.bus) return undefined
  const rules = (await listRules(clients, road.bus.name)) ?? []
  const candidates = rulesOfUsageEvents(rules, road.settings, now())
  if (candidates.length === 0) return undefined
  const name = await asker.choose(
    `Rule ${road.rule.name} is not there, and others match usage events. Bind which?`,
    [
      {value: asPlanned, name: `${road.rule.name}, which is made`},
      ...candidates.map(({name: value, pattern}) => ({value, name: value, description: pattern})),
    ],
  )
  const chosen = candidates.find((rule) => rule.name === name)
  if (!chosen) return undefined
  const flags = ['--rule', name]
  // What a rule takes is not changed because it was chosen from a list.
  if (!open.pattern) return {settings: {rule: name}, flags}
  return {settings: {rule: name, pattern: chosen.pattern}, flags: [...flags, '--pattern', chosen.pattern]}
}

interface Candidate {
  name: string
  pattern: string
}

/** The rules that match a sample of usage events, but for those that a service looks after. */
function rulesOfUsageEvents(rules: readonly Rule[], settings: RoadSettings, now: number): Candidate[] {
  const candidates = rules.flatMap(({Name: name, EventPattern: pattern, ManagedBy: owner}) =>
    name === undefined || pattern === undefined || owner !== undefined ? [] : [{name, pattern}],
  )
  const readable = candidates.flatMap((key) => {
    const pattern = readOrNothing(key.pattern)
    return pattern === undefined ? [] : [{key, pattern}]
  })
  const ruleSet = RuleSet.compile(readable)
  const samples = [...sampleUsageEvents({seed: 1, count: sampleCount, from: now - 60_000, to: now})]
  const matched = new Set(samples.flatMap((detail) => ruleSet.match(eventText(settings, detail, now))))
  return candidates.filter((candidate) => matched.has(candidate))
}

/** A pattern that cannot be read here is no reason to stop, and no candidate. */
function readOrNothing(text: string): Pattern | undefined {
  try {
    return parsePattern(text)
  } catch (error) {
    if (error instanceof OpError) return undefined
    throw error
  }
}
