import type {ActualRoad, TagSet} from '../../../src/lib/binding/read/actual-road'
import {planRemoval} from '../../../src/lib/binding/remove/plan-removal'
import type {Surroundings} from '../../../src/lib/binding/read/read-surroundings'
import {roadResources} from '../../../src/lib/road/road'
import {settings} from './_settings'

const road = roadResources(settings)
const ours: TagSet = {'usage-tracker:binding': 'usage/api-usage'}

const actual: ActualRoad = {
  bus: {arn: road.bus.arn},
  rule: {Name: 'api-usage'},
  targets: [{Id: 'usage-tracker-firehose', Arn: road.target.arn, RoleArn: road.targetRole.arn}],
  deliveryRole: undefined,
  targetRole: {trustPolicy: {}, policy: {}},
  stream: undefined,
  bucket: {publicAccessBlocked: true},
  queue: undefined,
  database: true,
  table: undefined,
  workgroup: {state: 'ENABLED', outputLocation: undefined, enforced: true},
  discoverer: undefined,
}
const around: Surroundings = {
  tags: {bus: ours, rule: ours, targetRole: ours, bucket: ours, workgroup: ours},
  rulesOfBus: [{bus: 'usage', name: 'api-usage'}],
  boundRules: [],
  rulesOfTarget: [{bus: 'usage', name: 'api-usage'}],
  streams: [],
  tablesOfDatabase: [],
  databaseDescription: 'The lake of usage events',
  savedQueryCount: 0,
  messageCount: 0,
  bucketIsEmpty: true,
}

function kept(changes: Partial<Surroundings>, there: Partial<ActualRoad> = {}): string[] {
  return planRemoval(road, {...actual, ...there}, {...around, ...changes})
    .filter((change) => change.action === 'keep')
    .map(({resource, note}) => `${resource}: ${note}`)
}

describe('planRemoval', () => {
  it("keeps nothing that is the binding's and that nobody else uses", () => {
    expect(kept({})).toEqual([])
  })

  it('keeps a rule that CloudFormation owns, and all that it needs', () => {
    const tags = {...around.tags, rule: {...ours, 'aws:cloudformation:stack-name': 'lake'}}

    expect(kept({tags})).toEqual([
      'target: owned by CloudFormation stack lake',
      'rule: owned by CloudFormation stack lake',
      'role: still used by target: usage-tracker-firehose',
      'bus: has other rules: api-usage',
    ])
  })

  it('keeps what has no tag, the tag of another binding, or tags that nobody can read', () => {
    const tags = {
      ...around.tags,
      bus: {},
      workgroup: {'usage-tracker:binding': 'usage/other'},
      bucket: undefined,
    }

    expect(kept({tags})).toEqual([
      'workgroup: belongs to binding usage/other',
      'bucket: its tags cannot be read here',
      'bus: has no tag usage-tracker:binding',
    ])
  })

  it('keeps a workgroup with saved queries, and a database that is described otherwise', () => {
    expect(kept({savedQueryCount: 2, databaseDescription: 'theirs'})).toEqual([
      'workgroup: holds 2 saved queries',
      'database: has not the description that bind-target gives',
    ])
  })

  it('keeps a table over another place', () => {
    const table = {Name: 'raw_events', StorageDescriptor: {Location: 's3://elsewhere/'}}

    expect(kept({tablesOfDatabase: ['raw_events']}, {table})).toEqual([
      'table: its location is s3://elsewhere/',
      'database: has tables: raw_events',
    ])
  })

  it('does not count the rule that a schema discoverer has on the bus', () => {
    const own = {bus: 'usage', name: 'Schemas-x', managedBy: 'schemas.amazonaws.com'}

    expect(kept({rulesOfBus: [...around.rulesOfBus, own]})).toEqual([])
  })

  it('never lists the default bus', () => {
    const onDefault = roadResources({...settings, bus: 'default'})
    const tag = {'usage-tracker:binding': 'default/api-usage'}

    const plan = planRemoval(onDefault, actual, {...around, tags: {...around.tags, bus: tag}})
    expect(plan.filter((change) => change.resource === 'bus')).toEqual([])
  })
})
