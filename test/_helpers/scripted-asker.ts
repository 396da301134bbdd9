import type {Asker, Choice} from '../../src/lib/core/asker'

/** A person who gives these answers in turn; one that is refused is followed by the next. */
export class Scripted implements Asker {
  /** The questions, in order. */
  readonly asked: string[] = []
  readonly heard: string[] = []
  /** The names of the choices of the last list. */
  offered: string[] = []

  constructor(private readonly answers: string[]) {}

  async text(question: string, standard = '', check: (text: string) => true | string = () => true) {
    this.asked.push(question)
    for (;;) {
      const answer = this.next(question)
      const text = answer === '' ? standard : answer
      const verdict = check(text)
      if (verdict === true) return text
      this.heard.push(verdict)
    }
  }

  async choose(question: string, choices: readonly Choice[]) {
    this.asked.push(question)
    this.offered = choices.map((choice) => choice.name)
    return this.pick(this.next(question), choices)
  }

  async search(question: string, choicesFor: (typed: string) => Choice[]) {
    this.asked.push(question)
    const typed = this.next(question)
    const choices = choicesFor(typed)
    this.offered = choices.map((choice) => choice.name)
    return this.pick(typed, choices)
  }

  say(text: string) {
    this.heard.push(text)
  }

  private next(question: string): string {
    const answer = this.answers.shift()
    if (answer === undefined) throw new Error(`no answer to ${question}`)
    return answer
  }

  private pick(value: string, choices: readonly Choice[]): string {
    const found = choices.find((choice) => choice.value === value)
    if (!found) throw new Error(`${value} is not among ${this.offered.join(', ')}`)
    return found.value
  }
}
