import type {LocalStatus} from '../local/control-client'

/** The state of a local endpoint for a person, one property a line. */
export function localStatusText(status: LocalStatus): string {
  const {count, oldestAt} = status.pending
  const waiting = oldestAt === undefined ? `${count}` : `${count}, the oldest since ${oldestAt}`
  return [
    `endpoint     ${status.endpoint}`,
    `process      ${status.pid}`,
    `data folder  ${status.dataDir}`,
    `version      ${status.version}`,
    `its time     ${status.now}`,
    `on the way   ${waiting}`,
  ].join('\n')
}
