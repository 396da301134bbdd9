import type {WriteStream} from 'node:fs'
import {createWriteStream} from 'node:fs'
import {access, open, rename, rm, stat} from 'node:fs/promises'
import {OpError, messageOf} from '../core/errors'

/**
 * A file for what could not be sent, one item a line. It is written beside its name and takes it only when it is closed
 * with lines in it; so a file of that name may be the input of the same run, and an empty one never appears.
 */
export class AsideFile {
  lineCount = 0
  private failure: Error | undefined

  private constructor(
    readonly path: string,
    private readonly partialPath: string,
    private readonly stream: WriteStream,
  ) {
    stream.on('error', (error) => (this.failure ??= error))
  }

  /**
   * Begins the file, or with `goesOn` adds to what an earlier run has kept there, and then a line is written when `writeLine`
   * resolves. Throws `FILE_NOT_WRITABLE` (usage) when it cannot be created.
   */
  static async open(path: string, goesOn = false): Promise<AsideFile> {
    const partialPath = `${path}.partial`
    try {
      if (goesOn && !(await isThere(partialPath)) && (await isThere(path))) await rename(path, partialPath)
      await (await open(partialPath, goesOn ? 'a' : 'w')).close()
    } catch (error) {
      throw notWritable(path, error)
    }
    return new AsideFile(
      path,
      partialPath,
      createWriteStream(partialPath, {flags: 'a', highWaterMark: goesOn ? 1 : 1 << 18}),
    )
  }

  /** Adds a line; resolves when more may be written. Throws `FILE_NOT_WRITABLE` (usage), for instance on a full disk. */
  async writeLine(line: string): Promise<void> {
    if (this.failure) throw notWritable(this.path, this.failure)
    this.lineCount += 1
    if (this.stream.write(`${line}\n`)) return
    await new Promise<void>((resolve) => {
      this.stream.once('drain', resolve)
      this.stream.once('close', resolve)
    })
  }

  /** Ends the file and answers its path, or undefined when nothing was written and there is no file. */
  async close(): Promise<string | undefined> {
    await new Promise<void>((resolve) => {
      this.stream.once('close', resolve)
      this.stream.end()
    })
    if (this.failure) throw notWritable(this.path, this.failure)
    if (await isEmpty(this.partialPath)) {
      await rm(this.partialPath, {force: true})
      return undefined
    }
    await rename(this.partialPath, this.path)
    return this.path
  }
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}

async function isEmpty(path: string): Promise<boolean> {
  return (await stat(path)).size === 0
}

function notWritable(path: string, error: unknown): OpError {
  return new OpError('usage', 'FILE_NOT_WRITABLE', `${path} cannot be written: ${messageOf(error)}.`, {
    hint: 'Name a file in a folder that you may write to.',
    cause: error,
  })
}
