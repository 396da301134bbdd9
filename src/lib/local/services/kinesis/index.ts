import type {Platform, Service} from '../../platform'
import {deliverTo} from './deliver'
import {describeStream, describeStreamSummary, listShards} from './describe'
import {getRecords} from './get-records'
import {putRecord, putRecords} from './put-records'
import {RecordStore} from './record-store'
import {decreaseRetention, increaseRetention} from './retention'
import {getShardIterator} from './shard-iterator'
import {StreamStore} from './stream-store'
import {createStream, deleteStream, listStreams} from './streams'
import {tagOperations} from './tags'

/** Amazon Kinesis Data Streams: streams with a fixed number of shards, puts and reads. */
export function create(platform: Platform): Service {
  const streams = new StreamStore(platform.store)
  const records = new RecordStore(platform.store, platform.sequence, streams)
  return {
    deliver: deliverTo(streams, records, platform),
    operations: {
      CreateStream: createStream(streams, platform),
      DeleteStream: deleteStream(streams, records),
      ListStreams: listStreams(streams),
      DescribeStream: describeStream(streams),
      DescribeStreamSummary: describeStreamSummary(streams),
      ListShards: listShards(streams),
      IncreaseStreamRetentionPeriod: increaseRetention(streams),
      DecreaseStreamRetentionPeriod: decreaseRetention(streams),
      PutRecord: putRecord(streams, records),
      PutRecords: putRecords(streams, records),
      GetShardIterator: getShardIterator(streams, records),
      GetRecords: getRecords(streams, records),
      ...tagOperations(streams),
    },
  }
}
