import {existsSync, readFileSync} from 'node:fs'

/** A line of the file that `USAGE_TRACKER_CALLS` names. */
export interface RecordedCall {
  command: string
  service: string
  operation: string
  region: string
  names: Record<string, unknown>
}

/** The calls that a run recorded; none where the file is not there. */
export function readCalls(file: string): RecordedCall[] {
  if (!existsSync(file)) return []
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean)
  return lines.map((line) => JSON.parse(line) as RecordedCall)
}
