import {rmSync} from 'node:fs'
import {Clock} from '../../../../../src/lib/local/clock'
import type {Platform} from '../../../../../src/lib/local/platform'
import {RolePolicies} from '../../../../../src/lib/local/policy/role-policies'
import {Sequence} from '../../../../../src/lib/local/sequence'
import {deliverTo} from '../../../../../src/lib/local/services/kinesis/deliver'
import {RecordStore} from '../../../../../src/lib/local/services/kinesis/record-store'
import {StreamStore, type Stream} from '../../../../../src/lib/local/services/kinesis/stream-store'
import {Store} from '../../../../../src/lib/local/store'
import {temporaryFolder} from '../../../../_helpers/endpoint'

const now = Date.UTC(2026, 10, 22)
const arn = 'arn:aws:kinesis:eu-west-1:000000000000:stream/usage'
const roleArn = 'arn:aws:iam::000000000000:role/send'
const stream: Stream = {
  ...{row: '00000000000000000001', name: 'usage', region: 'eu-west-1', arn, mode: 'PROVISIONED'},
  ...{shardCount: 1, retentionHours: 24, maxRecordSizeKiB: 1024, createdAt: now, tags: {}},
}
const request = {
  ...{targetArn: arn, roleArn, region: 'eu-west-1', accountId: '000000000000'},
  ruleArn: 'arn:aws:events:eu-west-1:000000000000:rule/usage',
}

let home: string
let store: Store
let streams: StreamStore
let records: RecordStore
let platform: Platform

beforeEach(() => {
  home = temporaryFolder()
  store = new Store(home)
  streams = new StreamStore(store)
  records = new RecordStore(store, new Sequence(store), streams)
  const roles = new RolePolicies(store)
  platform = {roles, clock: new Clock(() => now)} as Platform
  streams.save(stream)
  roles.save({
    ...{name: 'send', arn: roleArn, id: 'AROAEXAMPLE', path: '/', createdAt: now},
    trustPolicy:
      '{"Statement":{"Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},"Action":"sts:AssumeRole"}}',
    inlinePolicies: {
      send: `{"Statement":{"Effect":"Allow","Action":"kinesis:PutRecord","Resource":"${arn}"}}`,
    },
  })
})

afterEach(async () => {
  await store.close()
  rmSync(home, {recursive: true, force: true})
})

const kept = () =>
  [...records.list(stream, 0, {after: '', now})].map(({partitionKey, data}) => [
    partitionKey,
    Buffer.from(data).toString(),
  ])

const deliver = (...bodies: string[]) =>
  deliverTo(streams, records, platform)({...request, deliveries: bodies.map((body) => ({body}))})

describe('a delivery to a stream', () => {
  it('is written in the commit of the caller, and not before', async () => {
    const outcome = deliver('{"id":"1"}', '{"id":"2"}')
    const before = kept()

    await store.batch(() => outcome.stage?.())

    expect(before).toEqual([])
    expect(outcome.failed).toEqual([])
    expect(kept()).toEqual([
      ['1', '{"id":"1"}'],
      ['2', '{"id":"2"}'],
    ])
  })

  it('fails for good for the events alone that are larger than a record may be', async () => {
    const large = JSON.stringify({id: 'large', text: 'x'.repeat(1_048_576)})
    const outcome = deliver('{"id":"1"}', large)
    await store.batch(() => outcome.stage?.())

    expect(kept()).toEqual([['1', '{"id":"1"}']])
    expect(outcome.failed).toEqual([
      {
        index: 1,
        failure: {
          code: 'INVALID_PARAMETER',
          message: 'The event is larger than a record of the stream usage may be (1024 KiB).',
          retryable: false,
        },
      },
    ])
  })

  it('leaves nothing behind where the stream is deleted before the commit', async () => {
    const outcome = deliver('{"id":"1"}')
    streams.delete(stream, () => records.stageRemoval(stream))

    await store.batch(() => outcome.stage?.())

    expect(kept()).toEqual([])
  })
})
