import type {Rejection} from '../publish/put-entry'

/** Rejected events of one code. */
export interface RejectionReason {
  code: string
  count: number
  /** What was said of the first of them, and where it stood. */
  firstMessage: string
  firstPosition: string
}

/** Counts rejections by code. */
export class RejectionSummary {
  private readonly byCode = new Map<string, RejectionReason>()

  add(rejection: Rejection): void {
    const {code, message: firstMessage, position: firstPosition} = rejection
    const reason = this.byCode.get(code)
    if (reason) reason.count += 1
    else this.byCode.set(code, {code, count: 1, firstMessage, firstPosition})
  }

  /** The most frequent code first. */
  reasons(): RejectionReason[] {
    return [...this.byCode.values()].sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1))
  }
}

/** One line for a person: `MISSING_MEMBER: 3 events, first line 12: Source is missing.` */
export function reasonText(reason: RejectionReason): string {
  const events = reason.count === 1 ? '1 event' : `${reason.count} events`
  return `${reason.code}: ${events}, first ${reason.firstPosition}: ${reason.firstMessage}`
}
