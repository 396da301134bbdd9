import type {Problem} from '../../schema-model/check/problems'

/** One kind of error, and where it was found. */
export interface EventError {
  /** Place in what the schema describes: `customer.id`, `lines[].sku`; `$` is the whole. */
  path: string
  /** The keyword that is broken; `json` for what cannot be read. */
  rule: string
  message: string
  /** Events that have it. */
  count: number
  /** The first of them. */
  examples: {position: string; value?: string}[]
}

/** Keys of events are anybody's, and each may be an error of its own: beyond this many kinds they are only counted. */
const maxKinds = 500
const maxExamples = 3

/** Counts errors by place, rule and message, in bounded memory. */
export class ErrorTally {
  /** Errors of further kinds than are told apart. */
  otherErrorCount = 0
  private readonly kinds = new Map<string, EventError>()

  add({path, rule, message, seen}: Problem, position: string): void {
    const key = JSON.stringify([path, rule, message])
    let kind = this.kinds.get(key)
    if (!kind) {
      if (this.kinds.size === maxKinds) {
        this.otherErrorCount += 1
        return
      }
      kind = {path, rule, message, count: 0, examples: []}
      this.kinds.set(key, kind)
    }
    kind.count += 1
    if (kind.examples.length < maxExamples)
      kind.examples.push({position, ...(seen === undefined ? {} : {value: seen})})
  }

  /** The most frequent first; as they were found where they are equally frequent. */
  errors(): EventError[] {
    return [...this.kinds.values()].sort((a, b) => b.count - a.count)
  }
}
