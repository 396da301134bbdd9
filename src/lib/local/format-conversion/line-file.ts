import {open, type FileHandle} from 'node:fs/promises'

const chunkChars = 256 * 1024

/** Writes lines to a file, many at a time: between two chunks the process does other work. */
export class LineFile {
  private lines: string[] = []
  private chars = 0
  count = 0

  private constructor(
    readonly path: string,
    private readonly file: FileHandle,
  ) {}

  static async create(path: string): Promise<LineFile> {
    return new LineFile(path, await open(path, 'wx'))
  }

  async write(line: string): Promise<void> {
    this.lines.push(line)
    this.chars += line.length + 1
    this.count += 1
    if (this.chars >= chunkChars) await this.flush()
  }

  async close(): Promise<void> {
    try {
      await this.flush()
    } finally {
      await this.file.close()
    }
  }

  private async flush(): Promise<void> {
    if (this.lines.length === 0) return
    const text = `${this.lines.join('\n')}\n`
    this.lines = []
    this.chars = 0
    await this.file.writeFile(text)
  }
}
