import {OpError} from '../core/errors'
import {checkConfig} from './config-check'
import type {ConfigNames} from './config-types'

/** A file that is not written yet: places in it mean nothing to whoever answers questions or gives flags. */
const unwritten = 'usage-tracker.yaml'

/** What is wrong with a value as the one of a key in the configuration file; undefined where nothing is. */
export function problemOf(key: keyof ConfigNames, value: string): string | undefined {
  // JSON is YAML.
  return problemOfText(JSON.stringify({[key]: value}))
}

/** Throws BAD_CONFIG (usage) for text that no command would take as its configuration file, without a place in it. */
export function checkUnwritten(text: string): void {
  const problem = problemOfText(text)
  if (problem === undefined) return
  throw new OpError('usage', 'BAD_CONFIG', `${problem} Nothing was written.`, {
    hint: 'Give another value: usage-tracker init --help names the flags.',
  })
}

function problemOfText(text: string): string | undefined {
  try {
    checkConfig(text, unwritten)
    return undefined
  } catch (error) {
    if (!(error instanceof OpError && error.code === 'BAD_CONFIG')) throw error
    return error.message.replace(/^usage-tracker\.yaml:\d+:\d+: /, '')
  }
}
