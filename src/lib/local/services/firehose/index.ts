import {Catalog} from '../../catalog'
import type {Platform, Service} from '../../platform'
import {Buffers} from './buffers'
import {deliverTo} from './deliver'
import {putOperations} from './put-records'
import type {StreamRow} from './rows'
import {StreamMetrics} from './stream-metrics'
import {streamOperations} from './streams'
import {tagOperations} from './tags'

/** Amazon Data Firehose: streams into S3, with their buffers and conversions. */
export function create(platform: Platform): Service {
  const {store} = platform
  const streams = store.collection<StreamRow>('firehose/streams')
  const metrics = new StreamMetrics(platform.metrics)
  const catalog = new Catalog(store)
  const buffers = new Buffers(platform, streams, metrics, catalog)
  return {
    operations: {
      ...streamOperations(store, streams, buffers, catalog),
      ...putOperations(store, streams, buffers, metrics),
      ...tagOperations(store, streams),
    },
    deliver: deliverTo(platform, streams, buffers, metrics),
    flush: () => buffers.flushAll(),
    settled: () => buffers.settled(),
    pending: () => buffers.pending(),
  }
}
