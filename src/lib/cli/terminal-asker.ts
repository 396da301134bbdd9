import type {Asker} from '../core/asker'
import {askText, prompter} from './prompts'

/** The person at the terminal. `prompts.canAsk` says whether there is one. */
export const terminalAsker: Asker = {
  text: askText,
  async choose(question, choices) {
    const ask = await prompter()
    const answer = await ask<{value: string}>([
      {type: 'select', name: 'value', message: question, choices: [...choices], loop: false},
    ])
    return answer.value
  },
  async search(question, choicesFor) {
    const source = (typed: string | undefined) => choicesFor(typed?.trim() ?? '')
    const ask = await prompter()
    const answer = await ask<{value: string}>([{type: 'search', name: 'value', message: question, source}])
    return answer.value
  },
  say: (text) => {
    process.stderr.write(`${text}\n`)
  },
}
