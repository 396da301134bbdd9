import type {
  CreateArchiveCommandInput,
  CreateArchiveCommandOutput,
  DeleteArchiveCommandInput,
  UpdateArchiveCommandInput,
  UpdateArchiveCommandOutput,
} from '@aws-sdk/client-eventbridge'
import {Constraints} from '../../../constraints'
import type {CallContext, Operations, Platform} from '../../../platform'
import {notEmulated, ServiceError} from '../../../service-error'
import {checkPattern} from '../patterns'
import {busName, busOrThrow, type Tables} from '../rows'
import {deleteArchiveRule, putArchiveRule} from './archive-rule'
import {archiveArn, archiveKey, type ArchiveRow} from './archive-row'
import type {ArchivedEvents} from './archived-events'

/** The form of the ARN of a bus or archive, as the model has it. */
export const sourceArnForm = /^(?:^arn:aws([a-z]|-)*:events:([a-z]|\d|-)*:([0-9]{12})?:.+\/.+$)$/

const nameForm = /^(?:[.\-_A-Za-z0-9]+)$/

/** CreateArchive, UpdateArchive. */
export function archiveOperations(
  {store, sequence}: Platform,
  tables: Tables,
  archived: ArchivedEvents,
  changed: (region: string, bus: string) => void,
): Operations {
  const save = (ctx: CallContext, row: ArchiveRow) => {
    tables.archives.put(archiveKey(ctx.region, row.name), row)
    putArchiveRule(tables, ctx, row)
  }

  const createArchive = (
    input: CreateArchiveCommandInput,
    ctx: CallContext,
  ): Omit<CreateArchiveCommandOutput, '$metadata'> => {
    checkArchive(input)
    new Constraints()
      .text('eventSourceArn', input.EventSourceArn, {min: 1, max: 1600, pattern: sourceArnForm})
      .check()
    const name = input.ArchiveName ?? ''
    const bus = busName(input.EventSourceArn, ctx)
    const row: ArchiveRow = {
      ...{name, arn: archiveArn(ctx, name), id: sequence.next()},
      ...{bus, busArn: '', retentionDays: 0, createdAt: ctx.now},
      ...optionsOf(input),
    }
    store.write(() => {
      row.busArn = busOrThrow(tables, ctx, bus).arn
      if (tables.archives.get(archiveKey(ctx.region, name))) {
        throw new ServiceError('ResourceAlreadyExistsException', `Archive ${name} already exists.`)
      }
      save(ctx, row)
    })
    changed(ctx.region, bus)
    return {ArchiveArn: row.arn, State: 'ENABLED', CreationTime: new Date(row.createdAt)}
  }

  const updateArchive = (
    input: UpdateArchiveCommandInput,
    ctx: CallContext,
  ): Omit<UpdateArchiveCommandOutput, '$metadata'> => {
    checkArchive(input)
    const options = optionsOf(input)
    if (Object.keys(options).length === 0) {
      throw invalid('At least one of EventPattern, RetentionDays or Description must be provided.')
    }
    const row = store.write(() => {
      const row = {...archiveOrThrow(tables, ctx, input.ArchiveName), ...options}
      save(ctx, row)
      return row
    })
    changed(ctx.region, row.bus)
    archived.expire()
    return {ArchiveArn: row.arn, State: 'ENABLED', CreationTime: new Date(row.createdAt)}
  }

  return {CreateArchive: createArchive, UpdateArchive: updateArchive}
}

/** DeleteArchive: its rule and events are gone with it. */
export function archiveDeletion(
  {store}: Platform,
  tables: Tables,
  archived: ArchivedEvents,
  changed: (region: string, bus: string) => void,
): Operations {
  const deleteArchive = (input: DeleteArchiveCommandInput, ctx: CallContext) => {
    const row = store.write(() => {
      const row = archiveOrThrow(tables, ctx, input.ArchiveName)
      tables.archives.delete(archiveKey(ctx.region, row.name))
      deleteArchiveRule(tables, ctx.region, row)
      archived.clear(row)
      return row
    })
    changed(ctx.region, row.bus)
    return {}
  }

  return {DeleteArchive: deleteArchive}
}

/** Throws ResourceNotFoundException where there is no such archive. */
export function archiveOrThrow(tables: Tables, ctx: CallContext, name = ''): ArchiveRow {
  const row = tables.archives.get(archiveKey(ctx.region, name))
  if (!row) throw new ServiceError('ResourceNotFoundException', `Archive ${name} does not exist.`)
  return row
}

function checkArchive(input: CreateArchiveCommandInput | UpdateArchiveCommandInput): void {
  new Constraints()
    .text('archiveName', input.ArchiveName, {min: 1, max: 48, pattern: nameForm})
    .text('description', input.Description, {max: 512})
    .text('eventPattern', input.EventPattern, {max: 4096})
    .number('retentionDays', input.RetentionDays, {min: 0})
    .check()
  if (input.KmsKeyIdentifier) throw notEmulated('KmsKeyIdentifier')
  if (input.EventPattern !== undefined) checkPattern(input.EventPattern)
}

function optionsOf(input: CreateArchiveCommandInput | UpdateArchiveCommandInput): Partial<ArchiveRow> {
  return {
    ...(input.Description === undefined ? {} : {description: input.Description}),
    ...(input.EventPattern === undefined ? {} : {eventPattern: input.EventPattern}),
    ...(input.RetentionDays === undefined ? {} : {retentionDays: input.RetentionDays}),
  }
}

function invalid(message: string): ServiceError {
  return new ServiceError('ValidationException', message)
}
