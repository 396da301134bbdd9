import {evaluate} from '../../src/lib/doctor/policy/evaluate'
import {questionsOf} from './authorize'
import type {Question} from './authorize'
import type {RecordedCall} from './calls'

/** What `--print-policy` prints. */
export interface PrintedPolicy {
  Version: string
  Statement: {Action: string[]; Resource: string[]; Condition?: object}[]
}

/**
 * Throws where a run called what the policy that it prints for itself does not allow. `words` are those of the command line; they tell the
 * bucket of the lake, which a query does not name.
 */
export function checkCalls(
  calls: readonly RecordedCall[],
  policy: PrintedPolicy,
  words: readonly string[],
): void {
  const [first] = calls
  if (!first) return
  const accountId = accountOf(policy)
  const questions = questionsOf(calls, {bucket: bucketOf(words, first.region, accountId), accountId})
  // A run asks for the same things again and again.
  const different = new Map(questions.map((question) => [JSON.stringify(question), question])).values()
  const refused = [...different].filter((question) => !isAllowed(policy, question))
  if (refused.length === 0) return
  const lines = [...new Set(refused.map(({action, resource}) => `  ${action} on ${resource}`))]
  throw new Error(
    `"${words.join(' ')}" called what the policy of ${first.command} does not allow:\n${lines.join('\n')}\n` +
      'List it in src/lib/permissions/commands, then: npm run docs',
  )
}

export function isAllowed(policy: PrintedPolicy, {action, resource, context}: Question): boolean {
  return evaluate([JSON.stringify(policy)], {action, resource, context}) === 'allowed'
}

function bucketOf(words: readonly string[], region: string, accountId: string): string {
  const at = words.indexOf('--bucket')
  return (at >= 0 ? words[at + 1] : undefined) ?? `usage-${accountId}-${region}`
}

/** The account that the policy is about; other endpoints have others than the local one. */
function accountOf({Statement}: PrintedPolicy): string {
  const ofAccount = /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/
  const found = Statement.flatMap(({Resource}) => Resource).find((resource) => ofAccount.test(resource))
  return ofAccount.exec(found ?? '')?.[1] ?? '000000000000'
}
