import type {AwsClients} from '../../aws/clients'
import type {Asker} from '../../core/asker'
import type {Now} from '../../core/clock'
import type {RoadSettings} from '../../road/settings'
import type {PlannedBinding} from '../plan/plan-bindings'

/** What nobody has said: it has its default, which need not be what is meant. */
export interface Open {
  bus: boolean
  rule: boolean
  /** Neither a delivery stream nor another target. */
  target: boolean
  bucket: boolean
  pattern: boolean
}

export interface QuestionContext {
  clients: AwsClients
  asker: Asker
  open: Open
  now: Now
}

/** What an answer comes to, in the settings and as the flags that say the same. */
export interface Answer {
  settings: Partial<RoadSettings>
  flags: string[]
}

/** Looks at a plan made of defaults, and asks where it would make a thing beside another that may be the one that is meant. Undefined: as planned. */
export type Question = (context: QuestionContext, planned: PlannedBinding) => Promise<Answer | undefined>

/** Whether the plan makes a thing of this kind. */
export function isMade(
  {changes}: PlannedBinding,
  kind: PlannedBinding['changes'][number]['resource'],
): boolean {
  return changes.some(({action, resource}) => action === 'create' && resource === kind)
}

/** The value of the first choice of every question: what the plan would make. */
export const asPlanned = ''
