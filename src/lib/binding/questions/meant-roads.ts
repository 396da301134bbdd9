import type {RoadSettings} from '../../road/settings'
import {chooseBindings} from '../choose-bindings'
import type {BindingChoice, BindingWords, NamedBinding} from '../choose-bindings'
import {completeChoice} from './complete-choice'

interface Settled {
  settings: RoadSettings
  config: {bindings: readonly NamedBinding[]}
}

/** The roads that the words of a run mean where nobody is asked. Throws what `completeChoice` and `chooseBindings` throw. */
export function meantRoads(
  named: BindingChoice,
  words: BindingWords,
  takesAll = true,
): (from: Settled) => Promise<RoadSettings[]> {
  return async ({settings, config}) => {
    const choice = await completeChoice(named, config.bindings, words, undefined, takesAll)
    return chooseBindings(settings, config.bindings, choice, words)
  }
}
