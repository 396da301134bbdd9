import type {GivenWords} from './commands'

/** Flags that say where a road is; all others of `bind-target` say which one it is, and how. */
const placeFlags = ['profile', 'region', 'endpoint-url', 'local', 'data-dir', 'config', 'env']

/**
 * The words of a command line that a remedy repeats. What comes from variables and the configuration file is left out: it
 * counts for the remedy as well. `roadFlags`: names of the flags that `bind-target` takes too.
 */
export function givenWords(
  binding: string | undefined,
  flags: Readonly<Record<string, unknown>>,
  wasGiven: (flag: string) => boolean,
  roadFlags: readonly string[],
): GivenWords {
  const wordsOf = (names: readonly string[]): string[] =>
    names.filter(wasGiven).flatMap((name) => flagWords(name, flags[name]))
  return {
    road: [...(binding === undefined ? [] : [binding]), ...wordsOf(roadFlags)],
    place: wordsOf(placeFlags),
  }
}

/** A flag that was given several times has a list of values. */
function flagWords(name: string, value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap((one) => flagWords(name, one))
  if (typeof value === 'string' || typeof value === 'number') return [`--${name}`, String(value)]
  return value === true ? [`--${name}`] : []
}
