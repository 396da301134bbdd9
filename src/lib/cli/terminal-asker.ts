import inquirer from 'inquirer'
import type {Asker} from './asker'
import {askText} from './prompts'

/** Questions go to stderr, because stdout carries the answer of the command. */
const ask = inquirer.createPromptModule({output: process.stderr})

/** The person at the terminal. `prompts.canAsk` says whether there is one. */
export const terminalAsker: Asker = {
  text: askText,
  async choose(question, choices) {
    const answer = await ask<{value: string}>([
      {type: 'select', name: 'value', message: question, choices: [...choices], loop: false},
    ])
    return answer.value
  },
  async search(question, choicesFor) {
    const source = (typed: string | undefined) => choicesFor(typed?.trim() ?? '')
    const answer = await ask<{value: string}>([{type: 'search', name: 'value', message: question, source}])
    return answer.value
  },
  say: (text) => {
    process.stderr.write(`${text}\n`)
  },
}
