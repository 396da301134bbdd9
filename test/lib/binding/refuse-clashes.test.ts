import {refuseClashes} from '../../../src/lib/binding/plan/refuse-clashes'
import {roadResources} from '../../../src/lib/road/road'
import type {RoadSettings} from '../../../src/lib/road/settings'
import {settings} from './_settings'

const check = (...parts: Partial<RoadSettings>[]): void =>
  refuseClashes(parts.map((part) => roadResources({...settings, ...part})))

describe('refuseClashes', () => {
  it('lets two rules share stream, bucket, database and workgroup', () => {
    expect(() => check({rule: 'a'}, {rule: 'b'})).not.toThrow()
  })

  it('lets one rule have targets of two kinds', () => {
    const targetArn = 'arn:aws:sqs:eu-west-1:111122223333:audit'
    expect(() => check({}, {targetArn, dlq: 'dead'})).not.toThrow()
  })

  it.each([
    ['one rule with two patterns', {pattern: '{"source":["a"]}'}, {pattern: '{"source":["b"]}'}],
    ['one rule with two streams', {stream: 'a'}, {stream: 'b'}],
    [
      'one rule with two queues',
      {targetArn: 'arn:aws:sqs:eu-west-1:111122223333:a'},
      {targetArn: 'arn:aws:sqs:eu-west-1:111122223333:b'},
    ],
    ['one stream into two buckets', {rule: 'a', bucket: 'bucket-a'}, {rule: 'b', bucket: 'bucket-b'}],
  ])('refuses %s', (_what, one, other) => {
    expect(() => check(one, other)).toThrow(expect.objectContaining({kind: 'usage', code: 'BINDINGS_CLASH'}))
  })
})
