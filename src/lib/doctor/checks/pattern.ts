import {sameJsonText} from '../../binding/plan/canonical'
import {messageOf} from '../../core/errors'
import {explain} from '../../pattern/explain/explain'
import {readPattern} from '../../pattern/read-pattern'
import type {Road} from '../../road/road'
import {sampleUsageEvents} from '../../usage-event/samples'
import type {Check} from '../check'
import {eventText} from '../../road/event-text'
import {broken, ok, skippedAfter, warn} from '../finding'
import type {Finding} from '../finding'

const sampleCount = 20

/** An event that the rule's pattern does not match is dropped without a trace, so usage events are held against it. */
export const pattern: Check = {
  hop: 'pattern',
  after: ['bus'],
  permissions: ['events:DescribeRule'],
  run: async ({reads, road, now, commands}) => {
    const rule = await reads.rule()
    if (!rule) return skippedAfter('rule')
    const text = rule.EventPattern
    if (text === undefined || text === '') {
      return broken(`Rule ${road.rule.name} has no event pattern, so it matches no event.`, commands.bind())
    }
    try {
      return judge(text, road, now(), commands.bind())
    } catch (error) {
      const reason = `The pattern of rule ${road.rule.name} cannot be read: ${messageOf(error)}`
      return broken(reason, commands.bind())
    }
  },
}

function judge(text: string, road: Road, now: number, bind: string): Finding {
  const actual = readPattern(text)
  const {name, pattern: wanted} = road.rule
  if (sameJsonText(text, wanted)) return ok(`The pattern of rule ${name} is the one asked for.`)
  const events = sampleEvents(road, now).filter((event) => explain(readPattern(wanted), event).matched)
  const misses = events.map((event) => explain(actual, event)).filter(({matched}) => !matched)
  if (events.length > 0 && misses.length === 0) {
    return ok(`The pattern of rule ${name} matches usage events, though it is not the one asked for.`)
  }
  const why = misses[0]?.ways[0]?.map((miss) => `${miss.path}: ${miss.why}`).join(' ') ?? ''
  if (events.length === 0) {
    return broken(`The pattern of rule ${name} is not the one asked for, which is ${wanted}.`, bind)
  }
  if (misses.length === events.length) {
    return broken(`The pattern of rule ${name} matches no usage event. ${why}`, bind)
  }
  const share = `${misses.length} of ${events.length} sample events`
  return warn(`The pattern of rule ${name} does not match ${share}. ${why}`, bind)
}

function sampleEvents({settings}: Road, now: number): string[] {
  const samples = sampleUsageEvents({seed: 1, count: sampleCount, from: now - 60_000, to: now})
  return [...samples].map((detail) => eventText(settings, detail, now))
}
