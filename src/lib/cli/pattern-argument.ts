import {readFile} from 'node:fs/promises'
import {Flags} from '@oclif/core'
import {OpError, messageOf} from '../core/errors'
import {stringifyExact} from '../core/json'
import {parseWhere} from '../core/where'
import type {Pattern} from '../pattern/pattern'
import {readPattern} from '../pattern/read-pattern'
import {writePattern} from '../pattern/write/write-pattern'
import {usageEventFields} from '../usage-event/fields'

/**
 * The pattern that `--pattern JSON|@FILE` means, checked before anything is called. Throws `PATTERN_FILE` where the file
 * cannot be read, `BAD_PATTERN` with line and column where EventBridge would refuse the pattern, and `PATTERN_TOO_LONG` (all usage).
 */
export async function patternOfArgument(argument: string): Promise<Pattern> {
  return readPattern(await patternTextOfArgument(argument))
}

/** The text that `JSON|@FILE` means, unchecked. Throws `PATTERN_FILE` (usage). */
export async function patternTextOfArgument(argument: string): Promise<string> {
  return argument.startsWith('@') ? patternTextOf(argument.slice(1)) : argument
}

/** The text of a file that holds a pattern, unchecked. Throws `PATTERN_FILE` (usage). */
export async function patternTextOf(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).replace(/^\uFEFF/, '').trimEnd()
  } catch (error) {
    throw new OpError('usage', 'PATTERN_FILE', `The pattern cannot be read: ${messageOf(error)}.`, {
      hint: 'Give the pattern itself, or @ and the name of a file with it.',
      cause: error,
    })
  }
}

/** `--where`, which `patternOfChoice` reads. */
export const whereFlag = Flags.string({
  multiple: true,
  multipleNonGreedy: true,
  summary: 'condition on a field; all must hold (see pattern build)',
  helpValue: 'PATH OP VALUE',
})

/** Matches every event: each has a source. */
const anyEvent = '{"source":[{"prefix":""}]}'

/**
 * The pattern that `--pattern` or the `--where`s mean; without any of them one that every event matches. Throws what
 * `patternOfArgument` throws, and `BAD_WHERE` (usage).
 */
export async function patternOfChoice(
  flags: {pattern?: string | undefined; where?: readonly string[] | undefined},
  detailType: string,
): Promise<Pattern> {
  if (flags.pattern !== undefined) return patternOfArgument(flags.pattern)
  if (flags.where === undefined) return readPattern(anyEvent)
  const contract = {detailType, fields: usageEventFields()}
  const {pattern} = writePattern({where: flags.where.map(parseWhere)}, contract)
  return readPattern(stringifyExact(pattern))
}
