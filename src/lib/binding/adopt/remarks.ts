import {OpError} from '../../core/errors'

/** What could not be taken over of a deployment, in sentences, each once. */
export class Remarks {
  private readonly said = new Set<string>()

  add(sentence: string): void {
    this.said.add(sentence.replace(/\s+/g, ' '))
  }

  get all(): string[] {
    return [...this.said]
  }

  /**
   * The answer of a reading call, or undefined with a remark where it fails: a thing that may not be read is left at its default. `what`
   * completes "... could not be read". `absent` is remarked where there is no such thing. Throws `INTERRUPTED`, and that nobody answers or nobody asks, which the next call would meet too.
   */
  async tryRead<T>(
    what: string,
    call: () => Promise<T | undefined>,
    absent?: string,
  ): Promise<T | undefined> {
    try {
      const found = await call()
      if (found === undefined && absent !== undefined) this.add(absent)
      return found
    } catch (error) {
      if (!(error instanceof OpError) || hopeless.has(error.code)) throw error
      this.add(`${what} could not be read: ${error.message}`)
      return undefined
    }
  }
}

const hopeless = new Set([
  'INTERRUPTED',
  'CREDENTIALS',
  'ENDPOINT_UNREACHABLE',
  'CERTIFICATE_NOT_TRUSTED',
  'BUG',
])
