import type {LocalOutcome} from './find-endpoint'

/** The state of a local endpoint for a person, one property a line. */
export function localStatusText(status: LocalOutcome): string {
  const {count, oldestAt} = status.pending
  const waiting = oldestAt === undefined ? `${count}` : `${count}, the oldest since ${oldestAt}`
  const running =
    status.endpoint === undefined
      ? ['endpoint     none running; one was started for this command']
      : [`endpoint     ${status.endpoint}`, `process      ${status.pid}`]
  return [
    ...running,
    `data folder  ${status.dataDir}`,
    `version      ${status.version}`,
    `its time     ${status.now}`,
    `on the way   ${waiting}`,
  ].join('\n')
}
