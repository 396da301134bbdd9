import {spawn} from 'node:child_process'
import type {ChildProcessWithoutNullStreams} from 'node:child_process'
import {devNull} from 'node:os'
import {join} from 'node:path'
import {createInterface} from 'node:readline'
import {compileJava} from './java'

/** One line for Oracle.java: whether a pattern matches an event, or how complex its wildcards are. */
export type Question = {pattern: string; event: string} | {pattern: string; complexity: number}

/** The library asks the name service for what looks like an address and is none (`300.0.0.1`); here it knows no names. */
const noNames = `-Djdk.net.hosts.file=${devNull}`

interface Batch {
  count: number
  answers: string[]
  done: (answers: string[]) => void
  fail: (error: Error) => void
}

/** Event Ruler in one Java process that lives until `end`. */
export class Oracle {
  readonly #child: ChildProcessWithoutNullStreams
  readonly #waiting: Batch[] = []
  #said = ''

  constructor(libraries: string) {
    const classPath = compileJava(join(__dirname, 'Oracle.java'), libraries)
    this.#child = spawn('java', ['-XX:+UseSerialGC', noNames, '-cp', classPath, 'Oracle'])
    this.#child.stderr.on('data', (data: Buffer) => (this.#said += data.toString()))
    this.#child.once('exit', () => {
      for (const {fail} of this.#waiting.splice(0)) fail(new Error(`Java ended early.\n${this.#said}`))
    })
    createInterface({input: this.#child.stdout}).on('line', (line) => this.#take(line))
  }

  /** Asks all at once; one answer per question, in their order, as Oracle.java writes them. */
  ask(questions: readonly Question[]): Promise<string[]> {
    if (questions.length === 0) return Promise.resolve([])
    const answers = new Promise<string[]>((done, fail) => {
      this.#waiting.push({count: questions.length, answers: [], done, fail})
    })
    this.#child.stdin.write(questions.map((question) => `${JSON.stringify(question)}\n`).join(''))
    return answers
  }

  /** Ends the process, once it has answered. */
  end(): Promise<void> {
    return new Promise((resolve) => {
      this.#child.once('exit', () => resolve())
      this.#child.stdin.end()
    })
  }

  #take(line: string): void {
    const first = this.#waiting[0]
    if (first === undefined) return
    first.answers.push(line)
    if (first.answers.length < first.count) return
    this.#waiting.shift()
    first.done(first.answers)
  }
}
