import {OpError} from '../../core/errors'

export const engines = ['athena', 'glue'] as const

/** An existing workflow or job of Glue. */
export interface GlueWork {
  kind: 'workflow' | 'job'
  name: string
}

export type EngineChoice = {engine: 'athena'} | {engine: 'glue'; work: GlueWork}

/** What flags, or the configuration file, say of the engine. */
export interface EngineWords {
  engine?: string | undefined
  workflow?: string | undefined
  job?: string | undefined
}

/** Flags that go with one engine alone. */
export interface EngineFlags extends EngineWords {
  to?: string | undefined
  'new-columns'?: number | undefined
  'run-id'?: string | undefined
  timeout?: number | undefined
}

/**
 * Who compacts: what the flags say, else the file, else Athena. A workflow or job of the flags stands in the place of both of the file's. Throws
 * `BAD_USAGE` (usage) where that does not name one thing, or where a flag belongs to the other engine.
 */
export function chooseEngine(flags: EngineFlags, file: EngineWords): EngineChoice {
  const engine = flags.engine ?? file.engine ?? 'athena'
  if (engine !== 'glue') {
    refuse(flags, ['workflow', 'job', 'run-id', 'timeout'], 'glue')
    return {engine: 'athena'}
  }
  refuse(flags, ['to', 'new-columns'], 'athena')
  const said = flags.workflow === undefined && flags.job === undefined ? file : flags
  const {workflow, job} = said
  if (workflow !== undefined && job !== undefined) {
    throw badUsage(
      'A workflow and a job are named, and one of them can be started.',
      'Name it with --workflow or --job.',
    )
  }
  if (workflow !== undefined) return {engine, work: {kind: 'workflow', name: workflow}}
  if (job !== undefined) return {engine, work: {kind: 'job', name: job}}
  throw badUsage(
    'The engine glue starts a workflow or a job, and none is named.',
    'Add --workflow NAME or --job NAME.',
  )
}

/** The choice in the words of flags, by which permissions go. */
export function wordsOf(choice: EngineChoice): EngineWords {
  return choice.engine === 'glue'
    ? {engine: 'glue', [choice.work.kind]: choice.work.name}
    : {engine: 'athena'}
}

function refuse(flags: EngineFlags, names: readonly (keyof EngineFlags)[], engine: string): void {
  const name = names.find((one) => flags[one] !== undefined)
  if (name !== undefined)
    throw badUsage(
      `--${name} goes with --engine ${engine}.`,
      `Add --engine ${engine}, or leave --${name} out.`,
    )
}

function badUsage(message: string, hint: string): OpError {
  return new OpError('usage', 'BAD_USAGE', message, {hint})
}
