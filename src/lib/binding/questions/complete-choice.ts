import type {Asker, Choice} from '../../core/asker'
import {OpError} from '../../core/errors'
import type {RoadSettings} from '../../road/settings'
import {chooseBindings} from '../choose-bindings'
import type {BindingChoice, BindingWords, NamedBinding} from '../choose-bindings'

/** Words that say which road is meant; the others say how it is to be. */
const naming = ['bus', 'rule', 'firehose', 'target', 'pattern'] as const

const all = 'all'

/**
 * Which bindings are meant. Where nobody says it, by name, by --all or by the words of a road, it is the only one of the
 * configuration, or what is answered. `takesAll`: several may be meant. Throws `BINDING_CHOICE` (usage) where nobody
 * can be asked.
 */
export async function completeChoice(
  choice: BindingChoice,
  configured: readonly NamedBinding[],
  words: BindingWords,
  asker: Asker | undefined,
  takesAll = true,
): Promise<BindingChoice> {
  const isSaid = choice.all || choice.name !== undefined || naming.some((word) => words[word] !== undefined)
  const [only] = configured
  if (isSaid || !only) return choice
  if (configured.length === 1) return {...choice, name: only.name}
  if (!asker) throw noneNamed(configured, takesAll)
  const answer = await asker.choose('Which binding?', choicesOf(configured, takesAll))
  return answer === all ? {all: true} : {...choice, name: configured[Number(answer)]?.name}
}

function choicesOf(configured: readonly NamedBinding[], takesAll: boolean): Choice[] {
  const each = configured.map((binding, i) => ({
    value: String(i),
    name: binding.name,
    description: roadInWords(binding),
  }))
  return takesAll ? [...each, {value: all, name: `all ${configured.length} of them`}] : each
}

/** What the configuration says of it: `rule checkout on bus usage, to arn:...`. */
function roadInWords({bus, rule, firehose, target}: NamedBinding): string {
  const parts = [
    rule === undefined ? '' : `rule ${rule}`,
    bus === undefined ? '' : `on bus ${bus}`,
    (target ?? firehose) === undefined ? '' : `to ${target ?? firehose ?? ''}`,
  ]
  return parts.filter((part) => part !== '').join(' ')
}

function noneNamed(configured: readonly NamedBinding[], takesAll: boolean): OpError {
  const names = configured.map((binding) => binding.name).join(', ')
  return new OpError(
    'usage',
    'BINDING_CHOICE',
    'The configuration has several bindings, and none is named.',
    {
      hint: `Name one (${names})${takesAll ? ', give --all' : ''}, or describe another road (--rule NAME).`,
    },
  )
}

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
