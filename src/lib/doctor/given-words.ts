import type {GivenWords} from './commands'

/** Flags that say which road is meant; `bind-target` takes the same. */
const roadFlags = ['bus', 'rule', 'pattern', 'firehose', 'target', 'bucket', 'database', 'workgroup', 'dlq']
/** Flags that say where it is. */
const placeFlags = ['profile', 'region', 'endpoint-url', 'local', 'data-dir', 'config', 'env']

/**
 * The words of a command line that a remedy repeats. What comes from variables and the configuration file is left out: it
 * counts for the remedy as well.
 */
export function givenWords(
  binding: string | undefined,
  flags: Readonly<Record<string, unknown>>,
  wasGiven: (flag: string) => boolean,
): GivenWords {
  const wordsOf = (names: readonly string[]): string[] =>
    names.filter(wasGiven).flatMap((name) => flagWords(name, flags[name]))
  return {
    road: [...(binding === undefined ? [] : [binding]), ...wordsOf(roadFlags)],
    place: wordsOf(placeFlags),
  }
}

function flagWords(name: string, value: unknown): string[] {
  if (typeof value === 'string') return [`--${name}`, value]
  return value === true ? [`--${name}`] : []
}
