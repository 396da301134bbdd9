/** A command as far as completion needs it; what oclif's manifest says of it. */
export interface KnownCommand {
  /** `schemas:export`. */
  id: string
  hidden: boolean
  args: Readonly<Record<string, KnownValue>>
  flags: Readonly<
    Record<string, KnownValue & {type: string; char?: string | undefined; hidden?: boolean | undefined}>
  >
}

interface KnownValue {
  name: string
  options?: readonly string[] | undefined
}

/** What may stand at the end of a line. */
export type NextWord =
  | {kind: 'words'; words: string[]}
  /** Names that only the registry knows. */
  | {kind: 'schemas' | 'registries'; partial: string; flags: string[]}
  /** Files, which shells complete themselves, or anything. */
  | {kind: 'other'}

/** Arguments of `schemas` commands and flags that take a schema. */
const schemaArgs = new Set(['schema', 'old', 'new'])

/**
 * What may come at the end of the words behind the tool's name; the last one is being typed. `flags` of the answer are the flags on the line, ready to be parsed.
 */
export function nextWord(words: readonly string[], commands: readonly KnownCommand[]): NextWord {
  const partial = words.at(-1) ?? ''
  const said = words.slice(0, -1)
  const command = longestMatch(said, commands)
  if (!command) return listed(partial, nextParts(said, commands))
  const {positions, pending, flags} = readWords(said.slice(command.id.split(':').length), command)
  if (pending) return valueOf(pending, partial, command, flags)
  const [, name, value] = /^--([\w-]+)=(.*)$/s.exec(partial) ?? []
  const flag = name === undefined ? undefined : command.flags[name]
  if (flag && value !== undefined) return prefixed(`--${flag.name}=`, valueOf(flag, value, command, flags))
  if (partial.startsWith('-')) return listed(partial, flagWords(command))
  const arg = Object.values(command.args)[positions]
  return arg ? valueOf(arg, partial, command, flags) : {kind: 'other'}
}

/** The command that the first words name; `schemas list` and not `schemas`. */
function longestMatch(said: readonly string[], commands: readonly KnownCommand[]): KnownCommand | undefined {
  for (let count = said.length; count > 0; count--) {
    const id = said.slice(0, count).join(':')
    const found = commands.find((command) => command.id === id)
    if (found) return found
  }
  return undefined
}

/** The words that lead on to commands. */
function nextParts(said: readonly string[], commands: readonly KnownCommand[]): string[] {
  const ids = commands.filter(({hidden}) => !hidden).map(({id}) => id.split(':'))
  const under = ids.filter(
    (parts) => parts.length > said.length && said.every((word, i) => parts[i] === word),
  )
  return [...new Set(under.flatMap((parts) => parts[said.length] ?? []))]
}

interface ReadWords {
  /** How many arguments there are so far. */
  positions: number
  /** The flag whose value is being typed. */
  pending?: KnownValue
  flags: string[]
}

function readWords(words: readonly string[], {flags: known}: KnownCommand): ReadWords {
  const read: ReadWords = {positions: 0, flags: []}
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? ''
    if (word === '-' || !word.startsWith('-')) {
      read.positions += 1
      continue
    }
    const flag = Object.values(known).find(
      ({name, char}) => word === `--${name}` || (char && word === `-${char}`),
    )
    if (flag?.type !== 'option') {
      read.flags.push(word)
    } else if (i + 1 === words.length) {
      read.pending = flag
    } else {
      read.flags.push(word, words[i + 1] ?? '')
      i += 1
    }
  }
  return read
}

function valueOf(value: KnownValue, partial: string, {id}: KnownCommand, flags: string[]): NextWord {
  if (value.options) return listed(partial, value.options)
  if (value.name === 'registry') return {kind: 'registries', partial, flags}
  const isSchema = value.name === 'schema' || (id.startsWith('schemas:') && schemaArgs.has(value.name))
  return isSchema ? {kind: 'schemas', partial, flags} : {kind: 'other'}
}

function flagWords({flags}: KnownCommand): string[] {
  return Object.values(flags)
    .filter(({hidden}) => !hidden)
    .map(({name}) => `--${name}`)
    .sort()
}

function listed(partial: string, words: readonly string[]): NextWord {
  return {kind: 'words', words: words.filter((word) => word.startsWith(partial))}
}

function prefixed(prefix: string, next: NextWord): NextWord {
  return next.kind === 'words' ? {...next, words: next.words.map((word) => prefix + word)} : next
}
