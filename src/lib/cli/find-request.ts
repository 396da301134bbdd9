import {OpError} from '../core/errors'
import {nearest} from '../core/nearest'

export type Request =
  | {kind: 'version'}
  /** `subject`: words of a command or topic; none for the root. */
  | {kind: 'help'; subject: string[]}
  | {kind: 'command'; id: string; rest: string[]}

const helpFlags = new Set(['--help', '-h'])

/**
 * What the words on the command line ask for. `ids` are command ids (`events:send`), `topics` their first parts.
 * The longest row of leading words that names a command wins; what follows is the command's. `help X` is `X --help`.
 * Throws UNKNOWN_COMMAND, INCOMPLETE_COMMAND, BAD_USAGE (usage).
 */
export function findRequest(
  argv: readonly string[],
  ids: readonly string[],
  topics: readonly string[],
): Request {
  if (argv[0] === 'help') return findRequest([...argv.slice(1), '--help'], ids, topics)
  const words = leadingWords(argv)
  const id = longestCommand(words, ids)
  if (id !== undefined) {
    const rest = argv.slice(id.split(':').length)
    return asksForHelp(rest) ? {kind: 'help', subject: id.split(':')} : {kind: 'command', id, rest}
  }
  if (words.length === 0) return rootRequest(argv)
  const topic = words.join(':')
  if (topics.includes(topic)) return topicRequest(topic, argv, ids)
  throw unknownCommand(words, ids, topics)
}

function leadingWords(argv: readonly string[]): string[] {
  const end = argv.findIndex((word) => word.startsWith('-'))
  return argv.slice(0, end === -1 ? argv.length : end)
}

function longestCommand(words: readonly string[], ids: readonly string[]): string | undefined {
  for (let count = words.length; count > 0; count--) {
    const id = words.slice(0, count).join(':')
    if (ids.includes(id) && !words.slice(0, count).some((word) => word.includes(':'))) return id
  }
  return undefined
}

function asksForHelp(rest: readonly string[]): boolean {
  const end = rest.indexOf('--')
  return rest.slice(0, end === -1 ? rest.length : end).some((word) => helpFlags.has(word))
}

function rootRequest(argv: readonly string[]): Request {
  const first = argv[0]
  if (first === undefined || asksForHelp(argv)) return {kind: 'help', subject: []}
  if (first === '--version') return {kind: 'version'}
  throw new OpError(
    'usage',
    'BAD_USAGE',
    `A command comes first, then its flags: found ${first} in its place.`,
    {
      hint: 'usage-tracker --help',
    },
  )
}

/** A topic alone is half a command; with --help it is a question. */
function topicRequest(topic: string, argv: readonly string[], ids: readonly string[]): Request {
  if (asksForHelp(argv)) return {kind: 'help', subject: topic.split(':')}
  const shown = topic.replaceAll(':', ' ')
  throw new OpError('usage', 'INCOMPLETE_COMMAND', `"${shown}" needs a verb: ${verbsOf(topic, ids)}.`, {
    hint: `usage-tracker ${shown} --help`,
  })
}

function verbsOf(topic: string, ids: readonly string[]): string {
  const verbs = ids.filter((id) => id.startsWith(`${topic}:`)).map((id) => id.slice(topic.length + 1))
  return verbs.join(', ')
}

/** Compares as many words as a command has, so that arguments behind a misspelt name do not blur it. */
function unknownCommand(
  words: readonly string[],
  ids: readonly string[],
  topics: readonly string[],
): OpError {
  const [first = ''] = words
  const isTopic = topics.includes(first)
  const written = words.slice(0, isTopic ? 2 : 1).join(' ')
  const names = ids.map((id) => id.replaceAll(':', ' '))
  const meant = nearest(words.slice(0, 2).join(' '), names) ?? nearest(first, [...names, ...topics])
  if (meant !== undefined && !written.startsWith(meant))
    return noCommand(written, '', `usage-tracker ${meant}`)
  if (!isTopic) return noCommand(written, '', 'usage-tracker --help')
  return noCommand(written, `: "${first}" has ${verbsOf(first, ids)}`, `usage-tracker ${first} --help`)
}

function noCommand(written: string, why: string, hint: string): OpError {
  return new OpError('usage', 'UNKNOWN_COMMAND', `There is no command "${written}"${why}.`, {hint})
}
