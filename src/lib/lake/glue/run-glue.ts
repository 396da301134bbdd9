import type {GlueClient} from '@aws-sdk/client-glue'
import {isAbsent, toOpError} from '../../aws/map-sdk-error'
import {waitUntil, type Sleep} from '../../aws/wait'
import type {Now} from '../../core/clock'
import {OpError} from '../../core/errors'
import type {GlueWork} from './choose-engine'
import {ofJobRun, ofWorkflowRun, stepsOf, type GlueRun, type GlueStep} from './glue-run'
import {failureText, followCommand, stopCommand} from './glue-text'

export interface GluePorts {
  glue: GlueClient
  now: Now
  sleep: Sleep
  /** Aborted by Ctrl-C. The run goes on then: it is somebody's pipeline, and half of it is worse than all. */
  signal: AbortSignal
}

export interface FollowOptions {
  timeoutMs: number
  onProgress: (run: GlueRun) => void
}

/** What would be started. */
export interface GluePlan {
  engine: 'glue'
  workflow?: string
  job?: string
  steps: GlueStep[]
}

/** The steps of a workflow, or the job, that would be started; nothing is. Throws `GLUE_WORK_ABSENT` (absent), and what Glue refuses. */
export async function planGlue({glue}: GluePorts, work: GlueWork): Promise<GluePlan> {
  const {GetJobCommand, GetWorkflowCommand} = await import('@aws-sdk/client-glue')
  return asking(work, 'look at', async () => {
    if (work.kind === 'job') {
      await glue.send(new GetJobCommand({JobName: work.name}))
      return {engine: 'glue', job: work.name, steps: [{kind: 'job', name: work.name}]}
    }
    const {Workflow} = await glue.send(new GetWorkflowCommand({Name: work.name, IncludeGraph: true}))
    const steps = stepsOf(Workflow?.Graph).map(({kind, name}) => ({kind, name}))
    return {engine: 'glue', workflow: work.name, steps}
  })
}

/** Starts the workflow or job; the run's id. Throws `GLUE_WORK_ABSENT` (absent), and what Glue refuses: it may run already. */
export async function startGlue({glue}: GluePorts, work: GlueWork): Promise<string> {
  const {StartJobRunCommand, StartWorkflowRunCommand} = await import('@aws-sdk/client-glue')
  return asking(work, 'start', async () => {
    if (work.kind === 'job') {
      return (await glue.send(new StartJobRunCommand({JobName: work.name}))).JobRunId ?? ''
    }
    return (await glue.send(new StartWorkflowRunCommand({Name: work.name}))).RunId ?? ''
  })
}

/**
 * Follows a run to its end; where the time is up before, it answers how far the run is (`hasEnded` is false). `onProgress` hears of every look. Throws
 * `GLUE_RUN_FAILED` (service) with what Glue says where a step failed, was stopped or timed out, `INTERRUPTED` (interrupted) when the
 * signal fires, `GLUE_WORK_ABSENT` (absent).
 */
export async function followGlue(
  ports: GluePorts,
  {work, runId}: {work: GlueWork; runId: string},
  {timeoutMs, onProgress}: FollowOptions,
): Promise<GlueRun> {
  const {now, sleep, signal} = ports
  let seen: GlueRun | undefined
  const look = async () => {
    seen = await lookAt(ports, work, runId)
    onProgress(seen)
    return seen.hasEnded ? seen : undefined
  }
  const waitingFor = `the Glue ${work.kind} ${work.name} to end`
  const run = await waitUntil(look, {now, sleep, signal, timeoutMs, waitingFor}).catch((error: unknown) => {
    if (signal.aborted) throw leftRunning(work, runId)
    if (error instanceof OpError && error.kind === 'timeout' && seen) return seen
    throw error
  })
  if (!run.hasFailed) return run
  throw new OpError('service', 'GLUE_RUN_FAILED', failureText(work, run), {
    hint: `Mend it, and start it again. Its run was ${runId}.`,
  })
}

async function lookAt({glue}: GluePorts, work: GlueWork, RunId: string): Promise<GlueRun> {
  const {GetJobRunCommand, GetWorkflowRunCommand} = await import('@aws-sdk/client-glue')
  return asking(work, `follow run ${RunId} of`, async () => {
    if (work.kind === 'job') {
      const {JobRun} = await glue.send(new GetJobRunCommand({JobName: work.name, RunId}))
      return ofJobRun(work, RunId, JobRun)
    }
    const command = new GetWorkflowRunCommand({Name: work.name, RunId, IncludeGraph: true})
    return ofWorkflowRun(work, RunId, (await glue.send(command)).Run)
  })
}

async function asking<T>({kind, name}: GlueWork, what: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    const known = toOpError(error, `${what} the Glue ${kind} ${name}`)
    if (!isAbsent(error)) throw known
    throw new OpError('absent', 'GLUE_WORK_ABSENT', known.message, {
      hint: `See what there is: aws glue list-${kind}s`,
      cause: error,
    })
  }
}

function leftRunning(work: GlueWork, runId: string): OpError {
  const message = `The Glue ${work.kind} ${work.name} goes on without this command (run ${runId}).`
  const hint = `To follow it again: ${followCommand(work, runId)}. To stop it: ${stopCommand(work, runId)}`
  return new OpError('interrupted', 'INTERRUPTED', message, {hint})
}
