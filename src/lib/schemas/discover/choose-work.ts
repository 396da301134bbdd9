import {OpError} from '../../core/errors'

/** What `schemas discover` was asked to do, as the words say it. */
export interface DiscoverWords {
  file?: string | undefined
  start?: boolean | undefined
  stop?: boolean | undefined
  status?: boolean | undefined
  as?: string | undefined
  output?: string | undefined
  registry?: string | undefined
  name?: string | undefined
}

export type DiscoverWork = 'learn' | 'start' | 'stop' | 'status'

/**
 * Whether events are read or the service's discoverer is meant. Throws `DISCOVER_CHOICE` (usage) where the words say both, and
 * `BAD_NAME` (usage) for a name that no schema can have.
 */
export function chooseWork(words: DiscoverWords): DiscoverWork {
  const asked = (['start', 'stop', 'status'] as const).filter((work) => words[work])
  const ofReading = (['file', 'as', 'output', 'registry', 'name'] as const).filter(
    (word) => words[word] !== undefined,
  )
  const [work = 'learn', second] = asked
  const other = second ?? (work === 'learn' ? undefined : ofReading[0])
  if (other !== undefined) {
    throw clash(
      `--${work} and ${other === 'file' ? 'events to read' : `--${other}`}`,
      'Either read events (FILE, - or s3://...), or use the discoverer of a bus with --start, --stop or --status.',
    )
  }
  refuseRegistryWith(words)
  if (words.name === undefined || /^[0-9A-Za-z_.-]{1,200}$/.test(words.name)) return work
  throw new OpError('usage', 'BAD_NAME', `"${words.name}" cannot be the name of a schema.`, {
    hint: 'Use letters, digits, ".", "-" and "_".',
  })
}

function refuseRegistryWith({registry, output, as}: DiscoverWords): void {
  if (registry === undefined) return
  const hint = 'A registry takes OpenAPI 3.0; a file takes any form.'
  if (output !== undefined) throw clash('--registry and --output', hint)
  if (as !== undefined && as !== 'openapi3') throw clash(`--registry and --as ${as}`, hint)
}

function clash(words: string, hint: string): OpError {
  return new OpError('usage', 'DISCOVER_CHOICE', `${words} exclude each other.`, {hint})
}
