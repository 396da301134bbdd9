import {shellText} from '../../core/shell-text'
import type {Asker} from '../../core/asker'
import type {RoadSettings} from '../../road/settings'
import type {BindingChoice, BindingWords} from '../choose-bindings'
import {planBindings} from '../plan/plan-bindings'
import type {PlannedBinding} from '../plan/plan-bindings'
import {askBus} from './ask-bus'
import {askRule} from './ask-rule'
import {askTarget} from './ask-target'
import type {Open, QuestionContext} from './question'

const questions = [askBus, askRule, askTarget]

/** What nobody has said: no binding by its name, no setting (`said`: names of settings), no word of the command line. */
export function openOf(choice: BindingChoice, said: ReadonlySet<string>, words: BindingWords): Open {
  const isOpen = !choice.all && choice.name === undefined
  return {
    bus: isOpen && !said.has('bus') && words.bus === undefined,
    rule: isOpen && !said.has('rule') && words.rule === undefined,
    target: isOpen && !said.has('stream') && words.firehose === undefined && words.target === undefined,
    bucket: isOpen && !said.has('bucket') && words.bucket === undefined,
    pattern: isOpen && words.pattern === undefined,
  }
}

/**
 * Plans bindings, and asks where a default would make a thing beside one that may be meant: a bus, a rule, a target. Nothing is
 * asked in an account without such things, and nothing without an asker. Says at the end which flags answer the same.
 * `adopt`: see `planBinding`. Throws what planning throws.
 */
export async function planAsking(
  {asker, ...context}: Omit<QuestionContext, 'asker'> & {asker: Asker | undefined},
  settings: readonly RoadSettings[],
  adopt: boolean,
): Promise<PlannedBinding[]> {
  let wanted = settings
  let plans = await planBindings(context.clients, wanted, adopt)
  if (!asker) return plans
  const flags: string[] = []
  for (const ask of questions) {
    const [planned] = plans
    const answer = planned && (await ask({...context, asker}, planned))
    if (!answer) continue
    flags.push(...answer.flags)
    wanted = wanted.map((one) => ({...one, ...answer.settings}))
    plans = await planBindings(context.clients, wanted, adopt)
  }
  if (flags.length > 0) asker.say(`The same without questions: ${shellText(flags)}`)
  return plans
}
