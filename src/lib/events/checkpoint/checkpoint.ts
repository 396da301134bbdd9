import {closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync} from 'node:fs'
import {OpError, messageOf, systemCodeOf} from '../../core/errors'
import type {Ledger} from '../../publish/ledger'
import type {Span} from './settled-numbers'
import {SettledNumbers, spansOf} from './settled-numbers'

/** What a checkpoint belongs to: the input and the bus. Everything in it must be the same when a run goes on. */
export type InputMark = Readonly<Record<string, string | number | boolean | undefined>>

/** What the first run chose by itself, so that the later ones make the same events. */
export interface Choices {
  seed: number
  /** The moment of the first run, in milliseconds since 1970. */
  now: number
}

interface Head {
  usageTrackerCheckpoint: 1
  mark: InputMark
  choices: Choices
  settled: Span[]
}

/** The journal is folded into the head after so many lines. */
const journalLines = 50_000

/**
 * What a run has dealt with, kept in a file so that a later run goes on from there. The file is one line that says all, and a
 * journal behind it: what is acknowledged is written there before the next request goes out, so that a process that is killed
 * forgets nothing. The whole is written anew to another name, synced and renamed, at the beginning, now and then, and at the
 * end; a loss of power may forget what was acknowledged since.
 */
export class Checkpoint implements Ledger {
  private readonly numbers = new SettledNumbers()
  private file = -1
  private lineCount = 0
  /** How many events were dealt with before this run. */
  readonly settledCount: number

  /** What an existing file belongs to. Throws `CHECKPOINT_DAMAGED` (usage). */
  static markIn(path: string): InputMark | undefined {
    const text = textOf(path)
    return text === undefined ? undefined : parseHead(path, text.split('\n', 1)[0] ?? '').mark
  }

  /**
   * Goes on with the file, or begins it. Throws `FILE_NOT_WRITABLE`, `CHECKPOINT_DAMAGED`, and `OTHER_INPUT` where it belongs
   * to another input or bus (all usage).
   */
  static open(path: string, mark: InputMark, choices: Choices): Checkpoint {
    const text = textOf(path)
    if (text === undefined) return new Checkpoint(path, mark, choices, [])
    const [first = '', ...journal] = text.split('\n')
    const head = parseHead(path, first)
    refuseOther(path, head.mark, mark)
    return new Checkpoint(path, mark, head.choices, [...head.settled, ...readJournal(journal)])
  }

  private constructor(
    private readonly path: string,
    private readonly mark: InputMark,
    readonly choices: Choices,
    settled: readonly Span[],
  ) {
    for (const span of settled) this.numbers.add(span)
    this.settledCount = this.numbers.count
    this.writeAnew()
  }

  isSettled(number: number): boolean {
    return this.numbers.has(number)
  }

  settle(numbers: readonly number[]): void {
    const spans = spansOf(numbers)
    for (const span of spans) this.numbers.add(span)
    try {
      writeSync(this.file, `${JSON.stringify(spans)}\n`)
    } catch (error) {
      throw notWritable(this.path, error)
    }
    this.lineCount += 1
    if (this.lineCount >= journalLines) this.writeAnew()
  }

  close(): void {
    this.writeAnew()
    closeSync(this.file)
  }

  private writeAnew(): void {
    const {mark, choices} = this
    const head: Head = {usageTrackerCheckpoint: 1, mark, choices, settled: this.numbers.toSpans()}
    const besides = `${this.path}.partial`
    try {
      const file = openSync(besides, 'w')
      writeSync(file, `${JSON.stringify(head)}\n`)
      fsyncSync(file)
      renameSync(besides, this.path)
      if (this.file !== -1) closeSync(this.file)
      this.file = file
    } catch (error) {
      throw notWritable(this.path, error)
    }
    this.lineCount = 0
  }
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return undefined
    throw notWritable(path, error)
  }
}

function parseHead(path: string, line: string): Head {
  try {
    const head = JSON.parse(line) as Partial<Head>
    if (head.usageTrackerCheckpoint === 1 && head.mark && head.choices && head.settled) return head as Head
  } catch {
    // Said below.
  }
  throw new OpError('usage', 'CHECKPOINT_DAMAGED', `${path} is no checkpoint of events send.`, {
    hint: 'Name a file that is not there yet, or the one that an earlier run of events send wrote.',
  })
}

/** The last line may be cut short where the process was killed as it wrote: those events are sent again. */
function readJournal(lines: readonly string[]): Span[] {
  const spans: Span[] = []
  for (const line of lines) {
    try {
      spans.push(...(JSON.parse(line) as Span[]))
    } catch {
      break
    }
  }
  return spans
}

function refuseOther(path: string, kept: InputMark, given: InputMark): void {
  const names = new Set([...Object.keys(kept), ...Object.keys(given)])
  const different = [...names].find((name) => kept[name] !== given[name])
  if (different === undefined) return
  const [before, now] = [kept[different], given[different]].map((value) => String(value ?? 'none'))
  throw new OpError(
    'usage',
    'OTHER_INPUT',
    `${path} belongs to another input: ${different} was ${before} and is ${now}.`,
    {hint: 'Give the same input, flags and bus as before, or another --checkpoint to begin anew.'},
  )
}

function notWritable(path: string, error: unknown): OpError {
  return new OpError('usage', 'FILE_NOT_WRITABLE', `${path} cannot be written: ${messageOf(error)}.`, {
    hint: 'Name a file in a folder that you may write to.',
    cause: error,
  })
}
