/** One of the answers that a person can choose. */
export interface Choice {
  value: string
  /** What stands in the list. */
  name: string
  /** Shown below the list while the choice is the current one. */
  description?: string
}

/** Somebody who can be asked. */
export interface Asker {
  /** A line of text. `standard` is taken when only Enter is pressed; `check` answers true or what is wrong. */
  text(question: string, standard?: string, check?: (text: string) => true | string): Promise<string>
  choose(question: string, choices: readonly Choice[]): Promise<string>
  /** A choice from a list that what is typed narrows. */
  search(question: string, choicesFor: (typed: string) => Choice[]): Promise<string>
  /** Something that is said without a question. */
  say(text: string): void
}
