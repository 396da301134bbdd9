import {once, setMaxListeners} from 'node:events'
import {join} from 'node:path'
import {Command} from '@oclif/core'
import type {Interfaces} from '@oclif/core'
import type {Asker} from '../core/asker'
import {OpError, exitCodes, systemCodeOf} from '../core/errors'
import {stringifyExact} from '../core/json'
import type {List, Page} from '../core/page'
import {failureText, toFailure} from './failure'
import type {StreamedAnswer} from './print-stream'
import type {BorrowedEndpoint} from './find-endpoint'
import {globalFlags} from './flags'
import type {SessionFlags} from './flags'
import type {Session, SessionOptions} from './session-types'
import type {Sources} from './settings'
import type {Origins} from './sources'

/** Parsed flags or args, by name. */
type Values = Record<string, unknown>

/** Characters in a line of a chart that goes to no terminal. */
const plainWidth = 80

/** Nothing but a data folder and, where it is given, a region: the local endpoint with every default. */
function aloneOrigins(dataDir: string, region?: string): Origins {
  const flags = {local: true, 'data-dir': dataDir, ...(region === undefined ? {} : {region})}
  return {flags, given: new Set(Object.keys(flags)), env: {}, folder: dataDir, defaultDataDir: dataDir}
}

/**
 * What all commands share: the global flags, the streams, the errors, the exit codes.
 *
 * `run()` returns the result object, which is the `--json` answer; text for a person goes through `print`. stdout carries
 * the answer and nothing else. The exit code is the same with and without `--json`.
 */
export abstract class BaseCommand extends Command {
  static override enableJsonFlag = true
  static override baseFlags = globalFlags

  private quiet = false
  private exitWish: number | undefined
  private given: ReadonlySet<string> = new Set()
  private abort: AbortController | undefined
  /** The reader of stdout has had enough: there is nobody to tell anything. */
  private isUnread = false
  /** Some of the answer stands on stdout: nothing else may. */
  private hasBegun = false
  private readonly closers: (() => Promise<void>)[] = []

  abstract override run(): Promise<unknown>

  /** Runs the command from parsing to the last line; never throws. */
  start(): Promise<unknown> {
    return this._run()
  }

  /**
   * Aborted by SIGINT, SIGTERM and SIGHUP, and when the reader of stdout has had enough. A second signal ends the process at
   * once. Until it is first read, each of them ends the process.
   */
  protected get signal(): AbortSignal {
    if (!this.abort) {
      const abort = new AbortController()
      this.abort = abort
      // Every wait of every sender listens; Node takes that for a leak.
      setMaxListeners(0, abort.signal)
      const interrupt = (): void => {
        if (abort.signal.aborted) process.exit(exitCodes.interrupted)
        abort.abort(new OpError('interrupted', 'INTERRUPTED', 'Interrupted.'))
      }
      for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, interrupt)
      process.stdout.on('error', (error) => {
        if (systemCodeOf(error) !== 'EPIPE') return
        this.isUnread = true
        if (!abort.signal.aborted) interrupt()
      })
    }
    return this.abort.signal
  }

  /** Settings and clients for this command; closed when it ends. Throws BAD_CONFIG, ACCOUNT_MISMATCH, NO_REGION and others. */
  protected async session(flags: SessionFlags, options: SessionOptions = {}): Promise<Session> {
    const {openSession} = await import('./session')
    return openSession({
      ...(options.alone === undefined ? this.origins(flags) : aloneOrigins(options.alone, flags.region)),
      version: this.config.version,
      command: this.id ?? '',
      identify: options.identify ?? true,
      asker: options.asker,
      note: (text) => this.note(text),
      onClose: (close) => this.closers.push(close),
    })
  }

  /** Whether the flag stands on the command line; its value may also come from a variable. */
  protected wasGiven(flag: string): boolean {
    return this.given.has(flag)
  }

  /** Where settings come from, without connecting to anything. Throws BAD_CONFIG, NO_CONFIG, UNKNOWN_ENVIRONMENT (usage). */
  protected async sources(flags: SessionFlags): Promise<Sources> {
    const {readSources} = await import('./sources')
    return readSources(this.origins(flags))
  }

  /**
   * The running local endpoint that is meant, else one for this command on the data folder. Throws NO_LOCAL_ENDPOINT (absent)
   * where there is neither, and what opening a data folder throws.
   */
  protected async localEndpoint(flags: SessionFlags): Promise<BorrowedEndpoint> {
    const {borrowEndpoint} = await import('./find-endpoint')
    return borrowEndpoint(await this.sources(flags), {
      version: this.config.version,
      note: (text) => this.note(text),
      onClose: (close) => this.onClose(close),
    })
  }

  /** Takes what must be done when the command ends, however it ends; the last one given is done first. */
  protected onClose(close: () => Promise<void>): void {
    this.closers.push(close)
  }

  private origins(flags: SessionFlags): Origins {
    return {
      flags,
      given: this.given,
      env: process.env,
      folder: process.cwd(),
      defaultDataDir: join(this.config.dataDir, 'local'),
    }
  }

  /** Characters in a line of the terminal that a stream goes to; undefined where it goes elsewhere and no line is broken. */
  protected width(stream: {isTTY?: boolean; columns?: number}): number | undefined {
    return stream.isTTY ? stream.columns : undefined
  }

  /**
   * Prints a list in the asked-for form (see `renderList`). A table fits the terminal; with `chart` the rows are drawn below it. A page of HTML for which
   * nothing else is said has the command's name, and the same text above its table.
   */
  protected async printRows(
    list: List,
    format: string,
    {chart = false, page, ...text}: {above?: string; below?: string; chart?: boolean; page?: Page} = {},
  ): Promise<void> {
    const {renderList} = await import('../render/render-list')
    const width = this.width(process.stdout)
    const caption = this.id?.replaceAll(':', ' ') ?? ''
    const subtitle = [text.above ?? [], text.below ?? []].flat().join('\n')
    const around = {
      ...text,
      page: page ?? {title: caption, subtitle, caption, figures: [], warnings: [], facts: []},
      ...(chart && {chartWidth: width ?? plainWidth}),
    }
    this.print(await renderList(list, format, around, {width}))
  }

  /** Prints an answer of any size in the asked-for form, JSON too, as fast as its reader takes it. `run()` then returns nothing. */
  protected async printStreamed(answer: StreamedAnswer, format: string): Promise<void> {
    const {printStream} = await import('./print-stream')
    await printStream(answer, this.jsonEnabled() ? 'json' : format, {
      write: (text) => this.write(text),
      width: this.width(process.stdout),
      indent: process.stdout.isTTY ? 2 : 0,
    })
  }

  /** Writes a piece of the answer to stdout and waits until its reader has room for more. Rejects once the signal fires. */
  protected async write(text: string): Promise<void> {
    const {signal} = this
    signal.throwIfAborted()
    this.hasBegun ||= text !== ''
    if (!process.stdout.write(text)) await once(process.stdout, 'drain', {signal})
  }

  /** Writes text for a person to stdout; nothing under `--json`. */
  protected print(text: string): void {
    if (!this.jsonEnabled()) process.stdout.write(text.endsWith('\n') ? text : `${text}\n`)
  }

  /** Writes values as lines of JSON to stdout, as fast as its reader takes them, until the signal fires. */
  protected async printLines(values: Iterable<unknown>): Promise<void> {
    const {signal} = this
    for (const value of values) {
      if (signal.aborted) return
      if (process.stdout.write(`${stringifyExact(value)}\n`)) continue
      await once(process.stdout, 'drain', {signal}).catch(() => undefined)
    }
  }

  /** Writes one line of a stream of JSON objects; nothing without `--json`. `run()` then returns nothing. */
  protected printJsonLine(value: object): void {
    if (this.jsonEnabled()) process.stdout.write(`${stringifyExact(value)}\n`)
  }

  /** Writes a remark to stderr; nothing under `--quiet`. */
  protected note(text: string): void {
    if (!this.quiet) process.stderr.write(`${text}\n`)
  }

  /** Writes how far something is to stderr, where somebody sees it: a terminal; nothing under `--quiet`. */
  protected progress(text: string): void {
    if (process.stderr.isTTY) this.note(text)
  }

  /** Writes a warning to stderr, also under `--quiet` and `--json`. */
  override warn(input: Error | string): Error | string {
    process.stderr.write(`Warning: ${typeof input === 'string' ? input : input.message}\n`)
    return input
  }

  /** The exit code of a command that returns a result: 6 partly done, 7 timed out, 9 differs. */
  protected exitWith(code: 0 | 3 | 6 | 7 | 9): void {
    this.exitWish = code
  }

  /** The exit code of another program, which the command passes on. */
  protected exitAs(code: number): void {
    this.exitWish = code
  }

  /** Somebody to ask for what is missing; nobody without a terminal, under `--json`, and where a flag says that nothing is asked. */
  protected async asker(
    flags: Partial<Record<'yes' | 'dry-run' | 'check', boolean>> = {},
  ): Promise<Asker | undefined> {
    const {canAsk} = await import('./prompts')
    if (flags.yes || flags['dry-run'] || flags.check || this.jsonEnabled() || !canAsk()) return undefined
    return (await import('./terminal-asker')).terminalAsker
  }

  /** Asks, unless `--yes` is given. Throws NOT_CONFIRMED on "no" and CONFIRMATION_NEEDED where nobody can be asked. */
  protected async confirm(question: string, flags: {yes?: boolean | undefined}): Promise<void> {
    if (flags.yes === true) return
    const {askConfirmation, canAsk} = await import('./prompts')
    if (!canAsk() || this.jsonEnabled()) {
      throw new OpError('usage', 'CONFIRMATION_NEEDED', `${question} Nobody can be asked here.`, {
        hint: 'Add --yes to go ahead.',
      })
    }
    if (!(await askConfirmation(question))) {
      throw new OpError('interrupted', 'NOT_CONFIRMED', 'You said no. Nothing was changed.')
    }
  }

  /** `--json`, or `--format json` on commands that have `--format`. */
  override jsonEnabled(): boolean {
    if (super.jsonEnabled()) return true
    if (!('format' in ((this.ctor.flags as Record<string, unknown> | undefined) ?? {}))) return false
    const end = this.argv.indexOf('--')
    const words = end === -1 ? this.argv : this.argv.slice(0, end)
    return words.some(
      (word, i) => word === '--format=json' || (word === '--format' && words[i + 1] === 'json'),
    )
  }

  protected override async parse<F extends Values, B extends Values, A extends Values>(
    options?: Interfaces.Input<F, B, A>,
    argv?: string[],
  ): Promise<Interfaces.ParserOutput<F, B, A>> {
    // oclif would read an argument that is not given from standard input, which holds the user's events or somebody else's list.
    for (const arg of Object.values<{ignoreStdin?: boolean}>(options?.args ?? {})) arg.ignoreStdin = true
    const parsed = await super.parse(options, argv)
    this.given = new Set(parsed.raw.flatMap((token) => (token.type === 'flag' ? [token.flag] : [])))
    this.quiet = (parsed.flags as {quiet?: boolean}).quiet === true
    return parsed
  }

  override logJson(json: unknown): void {
    process.stdout.write(`${stringifyExact(json, process.stdout.isTTY ? 2 : undefined)}\n`)
  }

  protected override async catch(error: unknown): Promise<void> {
    const id = this.id?.replaceAll(':', ' ') ?? ''
    const flags = Object.keys({...this.ctor.baseFlags, ...this.ctor.flags})
    const failure = await toFailure(this.interruption(error), `${this.config.bin} ${id} --help`, flags)
    this.exitWish = failure.exitCode
    if (process.env['DEBUG']?.includes('usage-tracker') && error instanceof Error) {
      process.stderr.write(`${error.stack ?? error.message}\n`)
    }
    if (this.isUnread) return
    if (this.jsonEnabled() && !this.hasBegun) this.logJson({error: failure.body})
    else process.stderr.write(`${failureText(failure.body)}\n`)
  }

  protected override async finally(): Promise<void> {
    for (const close of this.closers.reverse()) await close()
    if (this.exitWish === undefined && this.abort?.signal.aborted) this.exitWish = exitCodes.interrupted
    if (this.exitWish !== undefined) process.exitCode = this.exitWish
  }

  /** After SIGINT whatever a cut-off call throws means one thing; an error of our own keeps its words. */
  private interruption(error: unknown): unknown {
    if (!this.abort?.signal.aborted || error instanceof OpError) return error
    return this.abort.signal.reason
  }
}
