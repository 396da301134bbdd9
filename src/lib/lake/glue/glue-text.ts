import type {GlueWork} from './choose-engine'
import type {GlueRun, GlueStep} from './glue-run'
import type {GluePlan} from './run-glue'

/** How far a run is, in one line: `1:05  job compact RUNNING, crawler lake -`. */
export function stepsText({steps}: Pick<GlueRun, 'steps'>): string {
  return steps.map(({kind, name, state}) => `${kind} ${name} ${state ?? '-'}`).join(', ')
}

/** `1:05` or `1:02:05`. */
export function elapsedText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  const shown = parts[0] === 0 ? parts.slice(1) : parts
  return shown.map((part, place) => (place === 0 ? String(part) : String(part).padStart(2, '0'))).join(':')
}

/** What would be started, for a person. */
export function gluePlanText(work: GlueWork, {steps}: GluePlan): string {
  if (work.kind === 'job') return `Would start the Glue job ${work.name}.`
  const names = steps.map(({kind, name}) => `${kind} ${name}`)
  return `Would start the Glue workflow ${work.name}${names.length > 0 ? `: ${names.join(', then ')}` : ', which has no steps'}.`
}

/** What has come of a run, for a person. */
export function glueRunText(work: GlueWork, run: GlueRun): string {
  const {runId, hasEnded, steps, startedAt, endedAt} = run
  if (!hasEnded) {
    return [
      `The Glue ${work.kind} ${work.name} has not ended: ${stepsText(run)}.`,
      `To follow it again: ${followCommand(work, runId)}`,
      `To stop it: ${stopCommand(work, runId)}`,
    ].join('\n')
  }
  const took =
    startedAt === undefined || endedAt === undefined
      ? ''
      : ` in ${elapsedText(Date.parse(endedAt) - Date.parse(startedAt))}`
  const idle = steps.filter(({state}) => state === undefined).map(({kind, name}) => `${kind} ${name}`)
  return [
    `The Glue ${work.kind} ${work.name} has ended${took}: ${stepsText(run)}.`,
    ...(idle.length > 0 ? [`Nothing has started ${idle.join(' and ')}.`] : []),
  ].join('\n')
}

/** Which steps failed, with what Glue says of them. */
export function failureText(work: GlueWork, run: GlueRun): string {
  const steps = run.steps.filter(({state}) => state !== undefined && state !== 'SUCCEEDED').map(stepFailure)
  const reasons = [...(run.error === undefined ? [] : [run.error]), ...steps]
  const state = reasons.length > 0 ? reasons.join('; ') : run.state
  return `The Glue ${work.kind} ${work.name} has failed: ${state}`
}

export function followCommand({kind, name}: GlueWork, runId: string): string {
  return `usage-tracker lake compact --engine glue --${kind} ${quoted(name)} --run-id ${runId}`
}

export function stopCommand({kind, name}: GlueWork, runId: string): string {
  return kind === 'workflow'
    ? `aws glue stop-workflow-run --name ${quoted(name)} --run-id ${runId}`
    : `aws glue batch-stop-job-run --job-name ${quoted(name)} --job-run-ids ${runId}`
}

function stepFailure({kind, name, state, error}: GlueStep): string {
  return `${kind} ${name} ${state ?? ''}${error === undefined ? '' : `: ${error}`}`
}

/** As a shell reads it as one word. */
function quoted(name: string): string {
  return /^[\w.,:/-]+$/.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`
}
