import type {AwsClients} from '../../aws/clients'
import type {Road} from '../../road/road'
import type {TargetKindName} from '../../road/targets/target-kind'
import type {ActualTarget} from './actual-road'
import {readApiDestination, readTargetBus} from './read-event-target'
import {readFunction} from './read-function'
import {readKinesisStream} from './read-kinesis-stream'
import {readLogGroup} from './read-log-group'
import {readQueue} from './read-queue'
import {readStateMachine} from './read-state-machine'

type Reader = (clients: AwsClients, road: Road) => Promise<ActualTarget | undefined>

const readers: Readonly<Record<Exclude<TargetKindName, 'firehose'>, Reader>> = {
  sqs: (clients, road) => readQueue(clients, road.target.name, road.settings.accountId),
  'event-bus': readTargetBus,
  kinesis: readKinesisStream,
  'log-group': readLogGroup,
  lambda: readFunction,
  'state-machine': readStateMachine,
  'api-destination': readApiDestination,
}

/**
 * The target of a road without a lake; undefined where it is not there. Throws what its service answers, also where an
 * endpoint does not have the service.
 */
export async function readTarget(clients: AwsClients, road: Road): Promise<ActualTarget | undefined> {
  const {name} = road.kind
  return name === 'firehose' ? undefined : readers[name](clients, road)
}
