/** True where a person can be asked: questions are read from stdin and written to stderr. */
export function canAsk(): boolean {
  return process.stdin.isTTY && process.stderr.isTTY
}

/**
 * What asks. Questions go to stderr, because stdout carries the answer of the command. Loaded with the first question: most
 * runs on a terminal ask none.
 */
export async function prompter() {
  const {default: inquirer} = await import('inquirer')
  return inquirer.createPromptModule({output: process.stderr})
}

/** A yes-or-no question; "no" when only Enter is pressed. */
export async function askConfirmation(question: string): Promise<boolean> {
  const ask = await prompter()
  const answer = await ask<{yes: boolean}>([
    {type: 'confirm', name: 'yes', message: question, default: false},
  ])
  return answer.yes
}

/** A line of text. `standard` is taken when only Enter is pressed; `check` answers true or what is wrong. */
export async function askText(
  question: string,
  standard?: string,
  check: (text: string) => true | string = () => true,
): Promise<string> {
  const standardText = standard === undefined ? {} : {default: standard}
  const ask = await prompter()
  const answer = await ask<{text: string}>([
    {type: 'input', name: 'text', message: question, validate: check, ...standardText},
  ])
  return answer.text.trim()
}

/** A line that is not shown while it is typed. */
export async function askSecret(question: string): Promise<string> {
  const ask = await prompter()
  const answer = await ask<{text: string}>([{type: 'password', name: 'text', message: question}])
  return answer.text.trim()
}
