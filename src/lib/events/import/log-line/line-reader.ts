import {parseExact} from '../../../core/json'
import {isAlbLine, parseAlbLine} from './alb'
import {CloudFrontReader} from './cloudfront'
import {parseCommonLine} from './combined'
import type {LogLine} from './log-line'
import {lineOfRecord, type RecordNames} from './record'

/**
 * Reads the lines of an access log, each told by its own look: common and combined format of Apache and nginx, JSON, the logs
 * of Application Load Balancers, CloudFront and API Gateway.
 */
export class LineReader {
  private readonly cloudFront: CloudFrontReader
  private isCombinedLog = false

  /** `names` says where JSON and CloudFront lines have members under names of their own. */
  constructor(private readonly names: RecordNames = {}) {
    this.cloudFront = new CloudFrontReader(names)
  }

  /** The line; undefined where it cannot be read, `none` where it is not about a request: a header, or empty. */
  read(text: string): LogLine | 'none' | undefined {
    if (text.trim() === '') return 'none'
    if (text.startsWith('#')) {
      this.cloudFront.directive(text)
      return 'none'
    }
    if (text.startsWith('{')) return this.json(text)
    if (this.cloudFront.reads(text)) return this.cloudFront.read(text)
    return isAlbLine(text) ? parseAlbLine(text) : this.common(text)
  }

  /** Other messages of a program may stand among its requests. */
  private json(text: string): LogLine | undefined {
    const record = parseRecord(text)
    const line = record && lineOfRecord(record, this.names)
    const isRequest = [line?.method, line?.path, line?.route, line?.status].some(
      (value) => value !== undefined,
    )
    return isRequest ? line : undefined
  }

  /** In a log of the combined format, a line without the last fields was cut short between two of them. */
  private common(text: string): LogLine | undefined {
    const found = parseCommonLine(text)
    this.isCombinedLog ||= found?.isCombined ?? false
    return found && (found.isCombined || !this.isCombinedLog) ? found.line : undefined
  }
}

function parseRecord(text: string): Record<string, unknown> | undefined {
  try {
    return parseExact(text) as Record<string, unknown>
  } catch {
    return undefined
  }
}
