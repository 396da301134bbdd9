import {queueOfArgument, streamOfTarget} from '../../../src/lib/binding/resource-argument'

const place = {accountId: '111122223333', region: 'eu-west-1'}

describe('streamOfTarget', () => {
  it('reads the stream out of its ARN', () => {
    expect(streamOfTarget('arn:aws:firehose:eu-west-1:111122223333:deliverystream/usage-events', place)).toBe(
      'usage-events',
    )
  })

  it.each([
    ['arn:aws:lambda:eu-west-1:111122223333:function:f', 'TARGET_UNSUPPORTED'],
    ['arn:aws:firehose:us-east-1:111122223333:deliverystream/usage-events', 'ARN_ELSEWHERE'],
    ['arn:aws:firehose:eu-west-1:999999999999:deliverystream/usage-events', 'ARN_ELSEWHERE'],
    ['usage-events', 'BAD_ARN'],
  ])('refuses %s', (arn, code) => {
    expect(() => streamOfTarget(arn, place)).toThrow(expect.objectContaining({kind: 'usage', code}))
  })

  it('says what can be bound', () => {
    expect(() => streamOfTarget('arn:aws:sqs:eu-west-1:111122223333:q', place)).toThrow(
      expect.objectContaining({hint: expect.stringContaining('Firehose') as string}),
    )
  })
})

describe('queueOfArgument', () => {
  it.each([
    ['usage-dlq', 'usage-dlq'],
    ['arn:aws:sqs:eu-west-1:111122223333:usage-dlq', 'usage-dlq'],
  ])('takes %s for the queue %s', (text, name) => {
    expect(queueOfArgument(text, place)).toBe(name)
  })

  it.each([
    ['arn:aws:sns:eu-west-1:111122223333:topic', 'BAD_ARN'],
    ['arn:aws:sqs:us-east-1:111122223333:usage-dlq', 'ARN_ELSEWHERE'],
  ])('refuses %s', (text, code) => {
    expect(() => queueOfArgument(text, place)).toThrow(expect.objectContaining({kind: 'usage', code}))
  })
})
