import type {RoadSettings} from '../../../src/lib/road/settings'
import {settings as plain} from './_account'
import {bind, expectSameStateWhereverKilled, inOrder, unbind} from './_kill'
import type {Scenario} from './_kill'

// Each call of a scenario is one run on an endpoint of its own, all at once.
jest.setTimeout(300_000)

const tags = {team: 'platform', stage: 'test'}
const access = {allowAccounts: ['444455556666'], allowOrgs: ['o-a1b2c3d4e5']}
/** An archive outlives its binding, and the bus with it: removal is tried without one. */
const removable: RoadSettings = {...plain, dlq: 'usage-dlq', ...access, tags}
const full: RoadSettings = {...removable, archiveDays: 7}
const asParquet: RoadSettings = {...removable, recordFormat: 'parquet'}
const before: RoadSettings = {
  ...plain,
  pattern: '{"source":["old"]}',
  ...{dlq: 'old-dlq', archiveDays: 1, allowAccounts: ['777788889999'], retryAttempts: 3},
  ...{bucket: 'old-000000000000-eu-west-1', tags: {team: 'other'}},
}

const scenarios: [string, Scenario][] = [
  [
    'to a delivery stream is made',
    {before: async () => undefined, work: bind(full), binding: full, calls: 20},
  ],
  ['to a delivery stream is changed', {before: bind(before), work: bind(full), binding: full, calls: 20}],
  [
    'to a delivery stream is changed to Parquet',
    {before: bind(removable), work: bind(asParquet), binding: asParquet, calls: 3},
  ],
  [
    'to a delivery stream is removed',
    {before: bind(removable), work: unbind(removable), binding: removable, calls: 14},
  ],
  [
    'to a delivery stream with two forms of records is removed',
    {
      before: inOrder(bind(removable), bind(asParquet)),
      work: unbind(asParquet),
      binding: asParquet,
      calls: 15,
    },
  ],
]

describe('a binding that is killed', () => {
  it.each(scenarios)('while a binding %s ends in the same state when it is run again', (_, scenario) =>
    expectSameStateWhereverKilled(scenario),
  )
})
