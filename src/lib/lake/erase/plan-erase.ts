import type {EventBridgeClient} from '@aws-sdk/client-eventbridge'
import {OpError} from '../../core/errors'
import type {RoadSettings} from '../../road/settings'
import type {LakeDeps, LakePlace} from '../compact/lake-deps'
import {readLakeTables} from '../fields/lake-tables'
import type {Receipt} from './erase'
import {findSubjectObjects} from './find-objects'
import type {SubjectObject} from './find-objects'
import {unreached} from './reach'
import type {Unreached} from './reach'
import type {Subject} from './subject'

/** What erasing would do. */
export interface ErasePlan {
  objects: SubjectObject[]
  rowCount: number
  scannedBytes: number
  unreached: Unreached[]
}

/** The `--json` answer of `lake erase`. */
export interface EraseResult extends ErasePlan {
  /** True where something was erased; with --dry-run, where something would be. */
  changed: boolean
  receipt?: Receipt
}

/** The subject that the flags name. Throws `BAD_USAGE` (usage) for an empty id. */
export function subjectOf({
  user,
  customer,
}: {
  user?: string | undefined
  customer?: string | undefined
}): Subject {
  const subject: Subject =
    user === undefined ? {kind: 'customer', id: customer ?? ''} : {kind: 'user', id: user}
  if (subject.id !== '') return subject
  throw new OpError('usage', 'BAD_USAGE', `The id of the ${subject.kind} is empty.`, {
    hint: 'Events without an id belong to nobody: there is nothing to take out.',
  })
}

/** Looks where the subject's rows are, and what cannot be reached. Throws what the services refuse. */
export async function planErase(
  ports: LakeDeps & {eventBridge: EventBridgeClient},
  place: LakePlace,
  {subject, settings}: {subject: Subject; settings: RoadSettings},
): Promise<ErasePlan> {
  const tables = await readLakeTables(ports.glue, place.database)
  const {objects, scannedBytes} = await findSubjectObjects(ports, place, {subject, tables})
  const {eventBridge, s3} = ports
  return {
    objects,
    rowCount: objects.reduce((sum, {rowCount}) => sum + rowCount, 0),
    scannedBytes,
    unreached: await unreached({eventBridge, s3, now: ports.now()}, settings),
  }
}
