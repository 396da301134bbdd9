import type {Platform, Service} from '../../platform'
import {deliverTo} from './deliver'
import {EventStore} from './event-store'
import {filterLogEvents} from './filter-log-events'
import {getLogEvents} from './get-log-events'
import {GroupStore} from './group-store'
import {createLogGroup, deleteLogGroup, describeLogGroups} from './groups'
import {putLogEvents} from './put-log-events'
import {
  deleteResourcePolicy,
  describeResourcePolicies,
  putResourcePolicy,
  ResourcePolicies,
} from './resource-policies'
import {deleteRetentionPolicy, putRetentionPolicy} from './retention'
import {LogStreamStore} from './stream-store'
import {createLogStream, deleteLogStream, describeLogStreams} from './streams'
import {listTagsForResource, tagResource, untagResource} from './tags'

/** Amazon CloudWatch Logs: groups, streams and events, read by time and by plain terms. */
export function create(platform: Platform): Service {
  const groups = new GroupStore(platform.store)
  const streams = new LogStreamStore(platform.store)
  const events = new EventStore(platform.store, platform.sequence, groups, streams)
  const policies = new ResourcePolicies(platform.store)
  return {
    deliver: deliverTo({groups, streams, events, policies}, platform),
    operations: {
      CreateLogGroup: createLogGroup(groups, platform),
      DeleteLogGroup: deleteLogGroup(groups, events),
      DescribeLogGroups: describeLogGroups(groups),
      CreateLogStream: createLogStream(groups, streams, platform),
      DeleteLogStream: deleteLogStream(groups, streams, events, platform),
      DescribeLogStreams: describeLogStreams(groups, streams, events),
      PutLogEvents: putLogEvents(groups, streams, events),
      GetLogEvents: getLogEvents(groups, streams, events),
      FilterLogEvents: filterLogEvents(groups, streams, events),
      PutRetentionPolicy: putRetentionPolicy(groups),
      DeleteRetentionPolicy: deleteRetentionPolicy(groups),
      PutResourcePolicy: putResourcePolicy(policies),
      DescribeResourcePolicies: describeResourcePolicies(policies),
      DeleteResourcePolicy: deleteResourcePolicy(policies),
      TagResource: tagResource(groups),
      UntagResource: untagResource(groups),
      ListTagsForResource: listTagsForResource(groups),
    },
  }
}
