import {queueOfArgument, targetOfArgument} from '../../../src/lib/binding/resource-argument'

const place = {accountId: '111122223333', region: 'eu-west-1'}

describe('targetOfArgument', () => {
  it('reads the stream out of the ARN of a delivery stream', () => {
    expect(
      targetOfArgument('arn:aws:firehose:eu-west-1:111122223333:deliverystream/usage-events', place),
    ).toEqual({stream: 'usage-events', targetArn: undefined})
  })

  it.each([
    'arn:aws:sqs:eu-west-1:111122223333:usage',
    'arn:aws:events:eu-west-1:111122223333:event-bus/other',
    'arn:aws:kinesis:eu-west-1:111122223333:stream/usage',
    'arn:aws:logs:eu-west-1:111122223333:log-group:/aws/events/usage',
    'arn:aws:lambda:eu-west-1:111122223333:function:usage',
    'arn:aws:lambda:eu-west-1:111122223333:function:usage:live',
    'arn:aws:states:eu-west-1:111122223333:stateMachine:usage',
    'arn:aws:events:eu-west-1:111122223333:api-destination/usage/01234567-89ab-cdef-0123-456789abcdef',
  ])('takes %s', (arn) => {
    expect(targetOfArgument(arn, place)).toEqual({stream: undefined, targetArn: arn})
  })

  it('takes the ARN of a log group with and without its end', () => {
    expect(targetOfArgument('arn:aws:logs:eu-west-1:111122223333:log-group:usage:*', place).targetArn).toBe(
      'arn:aws:logs:eu-west-1:111122223333:log-group:usage',
    )
  })

  it.each([
    ['arn:aws:sns:eu-west-1:111122223333:topic', 'TARGET_UNSUPPORTED'],
    ['arn:aws:sqs:eu-west-1:111122223333:usage.fifo', 'TARGET_UNSUPPORTED'],
    ['arn:aws:firehose:us-east-1:111122223333:deliverystream/usage-events', 'ARN_ELSEWHERE'],
    ['arn:aws:firehose:eu-west-1:999999999999:deliverystream/usage-events', 'ARN_ELSEWHERE'],
    ['usage-events', 'BAD_ARN'],
  ])('refuses %s', (arn, code) => {
    expect(() => targetOfArgument(arn, place)).toThrow(expect.objectContaining({kind: 'usage', code}))
  })

  it('says what can be bound', () => {
    expect(() => targetOfArgument('arn:aws:sns:eu-west-1:111122223333:topic', place)).toThrow(
      expect.objectContaining({hint: expect.stringContaining('deliverystream/NAME') as string}),
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
