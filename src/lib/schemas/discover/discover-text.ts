import {reasonText} from '../../events/rejection-summary'
import type {DiscoverResult} from './discover-schemas'
import type {DiscovererStatus} from './discoverer'
import type {EventInput} from '../event-input'
import type {LearnedEvents, LearnProgress} from './learn-events'

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

/** What is said while events are read. */
export function progressText(
  {readCount, unreadableCount, durationMs}: LearnProgress,
  input: EventInput,
): string {
  const perSecond = Math.round((readCount * 1000) / Math.max(durationMs, 1))
  const objects = input.counts ? `, ${counted(input.counts.objectCount, 'object')}` : ''
  return `... ${readCount} events read${objects}, ${unreadableCount} unreadable (${perSecond} events/s)`
}

/** What there is to say of the reading: how much of what, and what was left out. */
export function learnedRemarks(
  {readCount, unreadableCount, kinds, reasons}: LearnedEvents,
  input: EventInput,
): string[] {
  const parts = kinds.map(({name, eventCount}) => `${name} ${eventCount}`)
  const {objectCount = 0, leftOutCount = 0} = input.counts ?? {}
  const from = input.counts ? ` from ${counted(objectCount, 'object')}` : ''
  return [
    `Read ${counted(readCount, 'event')}${from}: ${parts.join(', ')}${unreadableCount > 0 ? `, ${unreadableCount} unreadable` : ''}.`,
    ...reasons.map(reasonText),
    ...(leftOutCount > 0
      ? [`Left out ${counted(leftOutCount, 'object')} of Parquet: events are read as JSON.`]
      : []),
  ]
}

/** Where the documents were written to, or that several of them go to one place. */
export function fileRemarks({schemas}: DiscoverResult): string[] {
  if (schemas.length > 1 && schemas[0]?.file === undefined)
    return ['The documents come one after the other; --output FOLDER writes a file for each.']
  return schemas.flatMap(({name, file}) => (file === undefined ? [] : [`Wrote ${name} to ${file}.`]))
}

/** The status of a discoverer for a person. */
export function statusText({bus, state, registry, schemas}: DiscovererStatus): string {
  const head = {
    started: `The schema discoverer of bus ${bus} is started.`,
    stopped: `The schema discoverer of bus ${bus} is stopped: usage-tracker schemas discover --start --bus ${bus}`,
    absent: `The bus ${bus} has no schema discoverer: usage-tracker schemas discover --start --bus ${bus}`,
  }[state]
  const lines = schemas.map(({name, versionCount}) => `  ${name} (${counted(versionCount, 'version')})`)
  return [
    head,
    `Registry ${registry}: ${counted(schemas.length, 'schema')}${lines.length > 0 ? ':' : '.'}`,
    ...lines,
  ].join('\n')
}
