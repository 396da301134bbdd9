import type {Platform, Service} from '../../platform'
import {Buffers} from './buffers'
import {deliverTo} from './deliver'
import {putOperations} from './put-records'
import type {StreamRow} from './rows'
import {StreamMetrics} from './stream-metrics'
import {streamOperations} from './streams'
import {tagOperations} from './tags'

/** Amazon Data Firehose: streams into S3, with their buffers. */
export function create(platform: Platform): Service {
  const {store} = platform
  const streams = store.collection<StreamRow>('firehose/streams')
  const metrics = new StreamMetrics(platform.metrics)
  const buffers = new Buffers(platform, streams, metrics)
  return {
    operations: {
      ...streamOperations(store, streams, buffers),
      ...putOperations(store, streams, buffers, metrics),
      ...tagOperations(store, streams),
    },
    deliver: deliverTo(platform, streams, buffers, metrics),
    flush: () => buffers.flushAll(),
    settled: () => buffers.settled(),
    pending: () => buffers.pending(),
  }
}
