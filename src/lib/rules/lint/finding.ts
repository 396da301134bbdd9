/**
 * What `pattern lint` can find. Errors: `invalid` (EventBridge refuses the pattern), `dead` (no event can match it), `overlap` (an
 * event would be delivered twice to one target), `loop` (an event comes back to the bus that it was on). The others are
 * warnings: branches that EventBridge forgets, parts of a pattern that do nothing, rules without a target, quotas that are used up, what could not be decided.
 */
export type FindingKind =
  | 'invalid'
  | 'dead'
  | 'overlap'
  | 'loop'
  | 'dead-alternative'
  | 'dead-branch'
  | 'lost-branch'
  | 'always-true'
  | 'covered'
  | 'no-target'
  | 'quota'
  | 'undecided'

export interface Finding {
  kind: FindingKind
  severity: 'error' | 'warning'
  /** Names of the rules concerned, or of the files; empty for a pattern that was given as it is. */
  rules: string[]
  /** Dotted path of the field in the pattern. */
  path?: string
  /** Place in the pattern's text, both from 1. */
  line?: number
  column?: number
  /** ARN of the target that gets an event twice. */
  target?: string
  message: string
  hint?: string
  /** An event that shows it. */
  event?: unknown
}

/** What `pattern lint` answers under `--json`. */
export interface LintResult {
  /** Patterns that were looked at. */
  checkedCount: number
  errorCount: number
  warningCount: number
  findings: Finding[]
}
