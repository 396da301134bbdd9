import {formatArn} from '../../../core/arn'
import type {CallContext} from '../../platform'
import {notEmulated, ServiceError} from '../../service-error'
import type {Collection, Store} from '../../store'

export interface Stream {
  /** Of this stream and no later one of the same name: records stand under it. 20 digits, smaller than every record's. */
  row: string
  name: string
  region: string
  arn: string
  mode: 'PROVISIONED' | 'ON_DEMAND'
  shardCount: number
  retentionHours: number
  maxRecordSizeKiB: number
  createdAt: number
  tags: Record<string, string>
}

/** How calls name a stream. `StreamId` is "Not Implemented. Reserved for future use" (API reference). */
export interface StreamReference {
  StreamName?: string | undefined
  StreamARN?: string | undefined
  StreamId?: string | undefined
}

/** The streams of every region. */
export class StreamStore {
  private readonly rows: Collection<Stream>

  constructor(private readonly store: Store) {
    this.rows = store.collection('kinesis/streams')
  }

  find(region: string, name: string): Stream | undefined {
    return this.rows.get(`${region}/${name}`)
  }

  /** The stream that an ARN names, or undefined. */
  byArn(arn: string): Stream | undefined {
    const [, , service, region = '', , resource = ''] = arn.split(':')
    const stream = service === 'kinesis' ? this.find(region, resource.replace(/^stream\//, '')) : undefined
    return stream?.arn === arn ? stream : undefined
  }

  /** The stream of a call. Throws `InvalidArgumentException`, `ResourceNotFoundException`. */
  ofCall(input: StreamReference, ctx: CallContext): Stream {
    if (input.StreamId !== undefined) throw notEmulated('StreamId', 'InvalidArgumentException')
    const {StreamName: name, StreamARN: arn} = input
    if (name === undefined && arn === undefined) {
      throw new ServiceError('InvalidArgumentException', 'Either StreamName or StreamARN must be provided.')
    }
    const stream = arn === undefined ? this.find(ctx.region, name ?? '') : this.byArn(arn)
    if (stream?.region !== ctx.region) throw noSuchStream(name ?? arn ?? '', ctx)
    if (name !== undefined && name !== stream.name) {
      throw new ServiceError('InvalidArgumentException', 'StreamName and StreamARN name different streams.')
    }
    return stream
  }

  /** Streams of a region by name, those after `after`. */
  *list(region: string, after = ''): Iterable<Stream> {
    for (const {value} of this.rows.list(`${region}/`, `${region}/${after}`)) yield value
  }

  /** Writes a stream, new or changed; durable when it returns. */
  save(stream: Stream): void {
    this.store.write(() => this.rows.put(`${stream.region}/${stream.name}`, stream))
  }

  /** Removes the row, with what `alongside` writes, in one transaction. */
  delete(stream: Stream, alongside: () => void): void {
    this.store.write(() => {
      this.rows.delete(`${stream.region}/${stream.name}`)
      alongside()
    })
  }
}

export function streamArn(ctx: CallContext, name: string): string {
  return formatArn({
    ...{service: 'kinesis', region: ctx.region, accountId: ctx.accountId},
    resource: `stream/${name}`,
  })
}

export function noSuchStream(name: string, {accountId}: {accountId: string}): ServiceError {
  return new ServiceError('ResourceNotFoundException', `Stream ${name} under account ${accountId} not found.`)
}
