import type {
  CreateDeliveryStreamCommandInput,
  CreateDeliveryStreamCommandOutput,
  DeleteDeliveryStreamCommandInput,
  DescribeDeliveryStreamCommandInput,
  DescribeDeliveryStreamCommandOutput,
  ListDeliveryStreamsCommandInput,
  ListDeliveryStreamsCommandOutput,
  UpdateDestinationCommandInput,
} from '@aws-sdk/client-firehose'
import type {Catalog} from '../../catalog'
import {Constraints} from '../../constraints'
import type {CallContext, Operations} from '../../platform'
import {notEmulated, ServiceError} from '../../service-error'
import type {Collection, Store} from '../../store'
import type {Buffers} from './buffers'
import {enabledConversion} from './conversion'
import {changedDestination, newDestination} from './destination'
import {destinationId, streamArn, streamKey, streamOrThrow, type Destination, type StreamRow} from './rows'
import {requireSchema} from './table-schema'

const streamName = {min: 1, max: 64, pattern: /^(?:[a-zA-Z0-9_.-]+)$/}

/** CreateDeliveryStream, DescribeDeliveryStream, ListDeliveryStreams, UpdateDestination, DeleteDeliveryStream. */
export function streamOperations(
  store: Store,
  streams: Collection<StreamRow>,
  buffers: Buffers,
  catalog: Catalog,
): Operations {
  const createDeliveryStream = (
    input: CreateDeliveryStreamCommandInput,
    ctx: CallContext,
  ): Omit<CreateDeliveryStreamCommandOutput, '$metadata'> => {
    const name = input.DeliveryStreamName ?? ''
    new Constraints('InvalidArgumentException').text('deliveryStreamName', name, streamName).check()
    refuseWhatIsNotThere(input)
    const destination = newDestination(destinationOf(input))
    requireTable(destination, catalog, ctx)
    return store.write(() => {
      if (streams.get(streamKey(ctx.region, name))) {
        throw new ServiceError(
          'ResourceInUseException',
          `Firehose ${name} under accountId ${ctx.accountId} already exists`,
        )
      }
      const tags = Object.fromEntries((input.Tags ?? []).map((tag) => [tag.Key ?? '', tag.Value ?? '']))
      const arn = streamArn(ctx, name)
      streams.put(streamKey(ctx.region, name), {
        name,
        arn,
        versionId: 1,
        destination,
        createdAt: ctx.now,
        tags,
      })
      return {DeliveryStreamARN: arn}
    })
  }

  return {
    CreateDeliveryStream: createDeliveryStream,
    UpdateDestination: updateStream(store, streams, catalog),
    DeleteDeliveryStream: deleteStream(store, streams, buffers),
    ...streamQueries(streams),
  }
}

function updateStream(store: Store, streams: Collection<StreamRow>, catalog: Catalog) {
  return (input: UpdateDestinationCommandInput, ctx: CallContext) => {
    const update = input.ExtendedS3DestinationUpdate
    if (!update)
      throw notEmulated('A destination other than ExtendedS3DestinationUpdate', 'InvalidArgumentException')
    store.write(() => {
      const row = streamOrThrow(streams, ctx, input.DeliveryStreamName)
      if (input.DestinationId !== destinationId) {
        throw new ServiceError(
          'InvalidArgumentException',
          `Destination Id ${input.DestinationId ?? ''} not found`,
        )
      }
      if (input.CurrentDeliveryStreamVersionId !== String(row.versionId)) {
        throw new ServiceError(
          'ConcurrentModificationException',
          `Cannot update firehose: ${row.name} since the current version id: ${row.versionId} and specified version id: ${input.CurrentDeliveryStreamVersionId ?? ''} do not match`,
        )
      }
      const destination = changedDestination(row.destination, update)
      requireTable(destination, catalog, ctx)
      streams.put(streamKey(ctx.region, row.name), {
        ...row,
        destination,
        versionId: row.versionId + 1,
        updatedAt: ctx.now,
      })
    })
    return {}
  }
}

function requireTable(destination: Destination, catalog: Catalog, ctx: CallContext): void {
  const conversion = enabledConversion(destination)
  if (conversion) requireSchema(conversion, catalog, ctx)
}

function deleteStream(store: Store, streams: Collection<StreamRow>, buffers: Buffers) {
  return async (input: DeleteDeliveryStreamCommandInput, ctx: CallContext) => {
    const row = streamOrThrow(streams, ctx, input.DeliveryStreamName)
    // The service delivers what it has before a stream goes; what cannot be delivered then is lost with it.
    await buffers.flush(ctx.region, row.name)
    store.write(() => {
      streams.delete(streamKey(ctx.region, row.name))
      buffers.drop(ctx.region, row.name)
    })
    return {}
  }
}

function streamQueries(streams: Collection<StreamRow>): Operations {
  const describeDeliveryStream = (
    input: DescribeDeliveryStreamCommandInput,
    ctx: CallContext,
  ): Omit<DescribeDeliveryStreamCommandOutput, '$metadata'> => {
    const row = streamOrThrow(streams, ctx, input.DeliveryStreamName)
    return {
      DeliveryStreamDescription: {
        DeliveryStreamName: row.name,
        DeliveryStreamARN: row.arn,
        DeliveryStreamStatus: 'ACTIVE',
        DeliveryStreamEncryptionConfiguration: {Status: 'DISABLED'},
        DeliveryStreamType: 'DirectPut',
        VersionId: String(row.versionId),
        CreateTimestamp: new Date(row.createdAt),
        LastUpdateTimestamp: row.updatedAt === undefined ? undefined : new Date(row.updatedAt),
        Destinations: [
          {
            DestinationId: destinationId,
            S3DestinationDescription: plainDescription(row.destination),
            ExtendedS3DestinationDescription: row.destination,
          },
        ],
        HasMoreDestinations: false,
      },
    }
  }

  const listDeliveryStreams = (
    input: ListDeliveryStreamsCommandInput,
    ctx: CallContext,
  ): Omit<ListDeliveryStreamsCommandOutput, '$metadata'> => {
    new Constraints('InvalidArgumentException').number('limit', input.Limit, {min: 1, max: 10_000}).check()
    // Every stream here is one that callers put records into.
    if ((input.DeliveryStreamType ?? 'DirectPut') !== 'DirectPut')
      return {DeliveryStreamNames: [], HasMoreDeliveryStreams: false}
    const start = input.ExclusiveStartDeliveryStreamName
    const after = start === undefined ? undefined : streamKey(ctx.region, start)
    const names = [...streams.list(`${ctx.region}/`, after)].map(({value}) => value.name)
    const limit = input.Limit ?? 10
    return {DeliveryStreamNames: names.slice(0, limit), HasMoreDeliveryStreams: names.length > limit}
  }

  return {DescribeDeliveryStream: describeDeliveryStream, ListDeliveryStreams: listDeliveryStreams}
}

/** Other sources than PutRecord, and encryption of what waits in the stream. */
function refuseWhatIsNotThere(input: CreateDeliveryStreamCommandInput): void {
  const found = Object.keys(input).find((key) =>
    /SourceConfiguration$|EncryptionConfigurationInput$/.test(key),
  )
  if (found) throw notEmulated(found, 'InvalidArgumentException')
}

function destinationOf(input: CreateDeliveryStreamCommandInput) {
  if (input.DeliveryStreamType !== undefined && input.DeliveryStreamType !== 'DirectPut') {
    throw notEmulated(`DeliveryStreamType ${input.DeliveryStreamType}`, 'InvalidArgumentException')
  }
  const given = Object.keys(input).filter((key) => key.endsWith('DestinationConfiguration'))
  if (given.length !== 1) {
    throw new ServiceError(
      'InvalidArgumentException',
      'Exactly one destination configuration is supported for a Firehose',
    )
  }
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- callers of the old member get the stream they ask for
  const configuration = input.ExtendedS3DestinationConfiguration ?? input.S3DestinationConfiguration
  if (!configuration) throw notEmulated(given[0] ?? 'The destination', 'InvalidArgumentException')
  return configuration
}

/** What older callers look at: the destination without the extended members. */
function plainDescription(destination: Destination) {
  const {
    RoleARN,
    BucketARN,
    Prefix,
    ErrorOutputPrefix,
    BufferingHints,
    CompressionFormat,
    EncryptionConfiguration,
  } = destination
  return {
    RoleARN,
    BucketARN,
    Prefix,
    ErrorOutputPrefix,
    BufferingHints,
    CompressionFormat,
    EncryptionConfiguration,
  }
}
