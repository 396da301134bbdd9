/** What a change means for one side: `may-break` where it cannot be proven safe, and nothing proves that it breaks. */
export type Verdict = 'safe' | 'may-break' | 'breaking'

/** One difference between two schemas, at one place of the events that they describe. */
export interface Change {
  /** Place in an event: `detail.customer.id`, `lines[].sku`, `attributes.*`; `$` is the whole. */
  path: string
  /** The keyword that changed, or `added`, `removed`, `option-added`, `option-removed`. */
  kind: string
  /** The change in words, without the path. */
  message: string
  /** Producers write events that are valid by the old schema: are they valid by the new one? */
  producers: Verdict
  /** Consumers read events that are valid by the new schema: do these keep what the old one promised? */
  consumers: Verdict
  /** What must hold for `safe` to be true for producers, where that is not in the schemas. */
  provided?: string
  /** The name that the member seems to have had before, or to have now. */
  renamed?: string
}

/** Whether every value of one kind is one of another: yes, no, or not decided. */
export type Answer = 'yes' | 'no' | 'unknown'

const verdicts: Readonly<Record<Answer, Verdict>> = {yes: 'safe', no: 'breaking', unknown: 'may-break'}

export function verdictOf(answer: Answer | boolean): Verdict {
  if (typeof answer === 'boolean') return answer ? 'safe' : 'breaking'
  return verdicts[answer]
}

/** All of them: `no` outweighs `unknown`, that outweighs `yes`. */
export function allOf(answers: readonly Answer[]): Answer {
  if (answers.includes('no')) return 'no'
  return answers.includes('unknown') ? 'unknown' : 'yes'
}
