import {OpError} from '../core/errors'
import {parsePattern} from '../pattern/parse-pattern'
import type {DeployedRule} from './deployed-rule'
import type {TestedPattern} from './test-events'

/**
 * The pattern of a deployed rule, ready to be tested. Throws `BAD_PATTERN` (usage), naming the rule, where this tool does not
 * read what the service took.
 */
export function patternOfRule({name, bus}: DeployedRule, text: string): TestedPattern {
  try {
    return {rule: name, pattern: parsePattern(text)}
  } catch (error) {
    if (!(error instanceof OpError)) throw error
    throw new OpError(error.kind, error.code, `Rule ${name} of the bus ${bus}: ${error.message}`, {
      hint: error.hint,
      cause: error,
    })
  }
}
