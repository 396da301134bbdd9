import type {DescribeRuleResponse, Target} from '@aws-sdk/client-eventbridge'
import type {Table} from '@aws-sdk/client-glue'
import type {AwsClients} from '../aws/clients'
import type {Now} from '../core/clock'
import type {ActualRoad, ActualStream, ActualTarget, ActualWorkgroup} from '../binding/read/actual-road'
import {ownTarget} from '../binding/read/own-target'
import {readBus, readRule, readTargets} from '../binding/read/read-events'
import {readBucket, readDatabase, readTable, readWorkgroup} from '../binding/read/read-lake'
import {readStream} from '../binding/read/read-stream'
import {readTarget} from '../binding/read/read-target'
import {rawLayouts} from '../road/layout'
import type {Road} from '../road/road'
import {deployedRules} from '../rules/deployed-rule'
import type {DeployedRule} from '../rules/deployed-rule'
import {findRawObjects} from './lake/raw-objects'
import type {RawObjects} from './lake/raw-objects'
import {Once} from './once'
import {readQueueState} from './read-queue-state'
import type {QueueState} from './read-queue-state'
import {readWholeRole} from './read-whole-role'
import type {WholeRole} from './read-whole-role'

/** What is there of a road, read when it is first asked for and once. A missing thing is undefined. Throws what the services say otherwise. */
export class Reads {
  private readonly once = new Once()

  constructor(
    private readonly clients: AwsClients,
    private readonly road: Road,
    private readonly now: Now,
  ) {}

  bus(): Promise<ActualRoad['bus']> {
    return this.once.get('bus', () => readBus(this.clients, this.road.bus.name))
  }

  rule(): Promise<DescribeRuleResponse | undefined> {
    return this.once.get('rule', () => readRule(this.clients, this.road.rule.bus, this.road.rule.name))
  }

  /** Every rule of the bus. */
  rules(): Promise<DeployedRule[]> {
    return this.once.get('rules', () => deployedRules(this.clients, this.road.bus.name))
  }

  /** Every target of the rule; none where there is no rule. */
  targets(): Promise<Target[]> {
    return this.once.get('targets', () => readTargets(this.clients, this.road.rule.bus, this.road.rule.name))
  }

  /** The target that the road is about. */
  async target(): Promise<Target | undefined> {
    return ownTarget(this.road, await this.targets())
  }

  /** What the target's ARN stands for, where that is no delivery stream. */
  targetThing(): Promise<ActualTarget | undefined> {
    return this.once.get('target thing', () => readTarget(this.clients, this.road))
  }

  stream(): Promise<ActualStream | undefined> {
    return this.once.get('stream', () => readStream(this.clients, this.road.stream.name))
  }

  role(arn: string): Promise<WholeRole | undefined> {
    return this.once.get(`role ${arn}`, () => readWholeRole(this.clients, arn))
  }

  queue(arn: string): Promise<QueueState | undefined> {
    return this.once.get(`queue ${arn}`, () => readQueueState(this.clients, arn))
  }

  bucket(): Promise<{publicAccessBlocked: boolean} | undefined> {
    const {bucket, settings} = this.road
    return this.once.get('bucket', () => readBucket(this.clients, bucket.name, settings))
  }

  database(): Promise<boolean> {
    return this.once.get('database', () => readDatabase(this.clients, this.road.database.name))
  }

  table(): Promise<Table | undefined> {
    const {database, input} = this.road.table
    return this.once.get('table', () => readTable(this.clients, database, input.Name))
  }

  workgroup(): Promise<ActualWorkgroup | undefined> {
    return this.once.get('workgroup', () => readWorkgroup(this.clients, this.road.workgroup.name))
  }

  /** The oldest day and the newest object of the raw events. */
  rawObjects(): Promise<RawObjects> {
    const {bucket, recordFormat} = this.road
    const {folder} = rawLayouts[recordFormat]
    return this.once.get('objects', () => findRawObjects(this.clients, bucket.name, folder, this.now()))
  }
}
