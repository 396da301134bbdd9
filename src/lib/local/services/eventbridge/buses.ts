import type {
  CreateEventBusCommandInput,
  CreateEventBusCommandOutput,
  DeleteEventBusCommandInput,
  DescribeEventBusCommandInput,
  DescribeEventBusCommandOutput,
  ListEventBusesCommandInput,
  ListEventBusesCommandOutput,
  UpdateEventBusCommandInput,
  UpdateEventBusCommandOutput,
} from '@aws-sdk/client-eventbridge'
import {Constraints, keyOfToken, pageLimit, pageOf} from '../../constraints'
import type {CallContext, Operations} from '../../platform'
import {notEmulated, ServiceError} from '../../service-error'
import type {Store} from '../../store'
import {busArn, busKey, busName, busOrThrow, type BusRow, type Tables} from './rows'
import {tagRecord} from './tags'

/** CreateEventBus, DescribeEventBus, UpdateEventBus, DeleteEventBus, ListEventBuses. */
export function busOperations(
  store: Store,
  tables: Tables,
  changed: (region: string, bus: string) => void,
): Operations {
  const createEventBus = (
    input: CreateEventBusCommandInput,
    ctx: CallContext,
  ): Omit<CreateEventBusCommandOutput, '$metadata'> => {
    const name = input.Name ?? ''
    checkNewBus(input, name)
    refuseWhatIsNotThere(input)
    return store.write(() => {
      if (name === 'default' || tables.buses.get(busKey(ctx.region, name))) {
        throw new ServiceError('ResourceAlreadyExistsException', `Event bus ${name} already exists.`)
      }
      const row: BusRow = {
        ...optionsOf(input),
        name,
        arn: busArn(ctx, name),
        createdAt: ctx.now,
        modifiedAt: ctx.now,
      }
      tables.buses.put(busKey(ctx.region, name), row)
      if (input.Tags?.length) tables.tags.put(row.arn, tagRecord(input.Tags))
      return {EventBusArn: row.arn, ...optionsOut(row)}
    })
  }

  const describeEventBus = (
    input: DescribeEventBusCommandInput,
    ctx: CallContext,
  ): Omit<DescribeEventBusCommandOutput, '$metadata'> =>
    describeBus(busOrThrow(tables, ctx, busName(input.Name, ctx)))

  const updateEventBus = (
    input: UpdateEventBusCommandInput,
    ctx: CallContext,
  ): Omit<UpdateEventBusCommandOutput, '$metadata'> => {
    refuseWhatIsNotThere(input)
    return store.write(() => {
      const bus = busOrThrow(tables, ctx, busName(input.Name, ctx))
      const row = {...bus, ...optionsOf(input), modifiedAt: ctx.now}
      tables.buses.put(busKey(ctx.region, row.name), row)
      return {Arn: row.arn, Name: row.name, ...optionsOut(row)}
    })
  }

  return {
    CreateEventBus: createEventBus,
    DescribeEventBus: describeEventBus,
    UpdateEventBus: updateEventBus,
    DeleteEventBus: deleteBus(store, tables, changed),
    ListEventBuses: listBuses(tables),
  }
}

function deleteBus(store: Store, tables: Tables, changed: (region: string, bus: string) => void) {
  return (input: DeleteEventBusCommandInput, ctx: CallContext) => {
    const name = busName(input.Name, ctx)
    if (name === 'default') throw new ServiceError('ValidationException', 'Cannot delete event bus default.')
    store.write(() => {
      if ([...tables.rules.list(`${ctx.region}/${name}|`)].length > 0) {
        throw new ServiceError(
          'ValidationException',
          `Event bus ${name} can't be deleted since it has rules.`,
        )
      }
      tables.buses.delete(busKey(ctx.region, name))
      tables.tags.delete(busArn(ctx, name))
    })
    changed(ctx.region, name)
    return {}
  }
}

function listBuses(tables: Tables) {
  return (
    input: ListEventBusesCommandInput,
    ctx: CallContext,
  ): Omit<ListEventBusesCommandOutput, '$metadata'> => {
    const prefix = input.NamePrefix ?? ''
    const stored = [...tables.buses.list(`${ctx.region}/`)].filter(({value}) => value.name.startsWith(prefix))
    if (!stored.some(({value}) => value.name === 'default') && 'default'.startsWith(prefix)) {
      stored.push({key: busKey(ctx.region, 'default'), value: busOrThrow(tables, ctx, 'default')})
    }
    const after = keyOfToken(input.NextToken) ?? ''
    const rows = stored.filter(({key}) => key > after).sort((a, b) => (a.key < b.key ? -1 : 1))
    const {items, nextToken} = pageOf(rows, pageLimit(input.Limit))
    return {EventBuses: items.map(describeBus), NextToken: nextToken}
  }
}

function checkNewBus(input: CreateEventBusCommandInput, name: string): void {
  new Constraints()
    .text('name', name, {min: 1, max: 256, pattern: /^(?:[/.\-_A-Za-z0-9]+)$/})
    .text('description', input.Description, {max: 512})
    .check()
  if (input.EventSourceName !== undefined) throw notEmulated('EventSourceName (a partner event bus)')
  if (name.includes('/'))
    throw new ServiceError('ValidationException', "Event bus name must not contain '/'.")
}

/** Encryption with a key of KMS, the dead-letter queue of such a bus, and logs: none of them would come to pass. */
function refuseWhatIsNotThere(input: CreateEventBusCommandInput | UpdateEventBusCommandInput): void {
  if (input.KmsKeyIdentifier) throw notEmulated('KmsKeyIdentifier')
  if (input.DeadLetterConfig?.Arn) throw notEmulated('DeadLetterConfig of an event bus')
  if ((input.LogConfig?.Level ?? 'OFF') !== 'OFF') throw notEmulated('LogConfig')
}

type BusOptions = Pick<BusRow, 'description' | 'logConfig'>

function optionsOf(input: CreateEventBusCommandInput | UpdateEventBusCommandInput): BusOptions {
  return {
    ...(input.Description === undefined ? {} : {description: input.Description}),
    ...(input.LogConfig === undefined ? {} : {logConfig: input.LogConfig}),
  }
}

function optionsOut(row: BusOptions) {
  return {
    Description: row.description,
    LogConfig: row.logConfig,
  }
}

function describeBus(row: BusRow) {
  return {
    Name: row.name,
    Arn: row.arn,
    Policy: row.policy,
    CreationTime: new Date(row.createdAt),
    LastModifiedTime: new Date(row.modifiedAt),
    ...optionsOut(row),
  }
}
