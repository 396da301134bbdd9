import fc from '../../../_helpers/properties'
import {
  evaluateIdentityPolicies,
  evaluateResourcePolicy,
  evaluateTrustPolicy,
} from '../../../../src/lib/local/policy/evaluate'
import {matchesWildcard} from '../../../../src/lib/core/iam-wildcard'

const queue = 'arn:aws:sqs:eu-west-1:000000000000:usage-dlq'
const rule = 'arn:aws:events:eu-west-1:000000000000:rule/usage/api-usage'

type Parts = Record<string, unknown>

const policy = (...statements: Parts[]): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: statements.map((s) => ({Effect: 'Allow', Action: '*', Resource: '*', ...s})),
  })

const identity = (statements: Parts[], action = 'sqs:SendMessage', resource = queue): string =>
  evaluateIdentityPolicies([policy(...statements)], {action, resource})

const asEventBridge = (
  statement: Parts,
  context: Record<string, string | string[]> = {'aws:SourceArn': rule},
): string =>
  evaluateResourcePolicy(policy({Principal: {Service: 'events.amazonaws.com'}, ...statement}), {
    principalService: 'events.amazonaws.com',
    action: 'sqs:SendMessage',
    resource: queue,
    context,
  })

describe('evaluateIdentityPolicies', () => {
  it.each([
    ['sqs:SendMessage', 'allowed'],
    ['SQS:sendmessage', 'allowed'],
    ['sqs:Send*', 'allowed'],
    ['sqs:SendMessag?', 'allowed'],
    ['*', 'allowed'],
    ['sqs:Receive*', 'not-allowed'],
    ['sns:SendMessage', 'not-allowed'],
  ])('says to the action %s: %s', (action, expected) => {
    expect(identity([{Action: action}])).toBe(expected)
  })

  it.each([
    [queue, 'allowed'],
    ['arn:aws:sqs:*:*:usage-*', 'allowed'],
    ['arn:aws:sqs:eu-west-1:000000000000:usage-dl?', 'allowed'],
    ['arn:aws:sqs:eu-west-1:000000000000:USAGE-dlq', 'not-allowed'],
    ['arn:aws:sqs:us-east-1:*:*', 'not-allowed'],
  ])('says to the resource %s: %s', (resource, expected) => {
    expect(identity([{Resource: resource}])).toBe(expected)
  })

  it('lets an explicit deny win, in whatever order', () => {
    expect(identity([{}, {Effect: 'Deny', Action: 'sqs:*'}])).toBe('denied')
    expect(identity([{Effect: 'Deny', Action: 'sqs:*'}, {}])).toBe('denied')
  })

  it('allows with NotAction and NotResource what they do not name', () => {
    expect(identity([{Action: undefined, NotAction: 'iam:*'}])).toBe('allowed')
    expect(identity([{Action: undefined, NotAction: 'sqs:*'}])).toBe('not-allowed')
    expect(identity([{Resource: undefined, NotResource: `${queue}x`}])).toBe('allowed')
    expect(identity([{Resource: undefined, NotResource: queue}])).toBe('not-allowed')
  })

  it('allows nothing without policies', () => {
    expect(evaluateIdentityPolicies([], {action: 's3:PutObject', resource: '*'})).toBe('not-allowed')
  })

  it('fills in policy variables, and matches nothing where the request has no value', () => {
    const texts = [policy({Resource: 'arn:aws:s3:::lake/${aws:username}/*'})]
    const ask = (username: string | undefined): string =>
      evaluateIdentityPolicies(texts, {
        action: 's3:GetObject',
        resource: 'arn:aws:s3:::lake/ann/x',
        context: {'aws:username': username},
      })

    expect([ask('ann'), ask('bob'), ask('*'), ask(undefined)]).toEqual([
      'allowed',
      'not-allowed',
      'not-allowed',
      'not-allowed',
    ])
  })

  it('takes a star in braces for itself', () => {
    expect(identity([{Resource: 'arn:aws:sqs:${*}'}])).toBe('not-allowed')
  })
})

describe('evaluateResourcePolicy', () => {
  it.each([
    [{Service: 'events.amazonaws.com'}, 'allowed'],
    [{Service: ['sns.amazonaws.com', 'events.amazonaws.com']}, 'allowed'],
    ['*', 'allowed'],
    [{AWS: '*'}, 'allowed'],
    [{Service: 'sns.amazonaws.com'}, 'not-allowed'],
    [{AWS: 'arn:aws:iam::000000000000:root'}, 'not-allowed'],
  ])('says to the principal %j: %s', (principal, expected) => {
    expect(asEventBridge({Principal: principal})).toBe(expected)
  })

  it.each([
    ['000000000000', 'allowed'],
    ['arn:aws:iam::000000000000:root', 'allowed'],
    ['arn:aws:iam::000000000000:role/usage', 'allowed'],
    ['arn:aws:iam::000000000000:role/other', 'not-allowed'],
    ['111122223333', 'not-allowed'],
  ])('says to a role when the principal is %s: %s', (principal, expected) => {
    const request = {
      principalArn: 'arn:aws:iam::000000000000:role/usage',
      action: 'sqs:SendMessage',
      resource: queue,
    }

    expect(evaluateResourcePolicy(policy({Principal: {AWS: principal}}), request)).toBe(expected)
  })

  it.each([
    [{ArnEquals: {'aws:SourceArn': rule}}, 'allowed'],
    [{ArnEquals: {'AWS:sourcearn': rule}}, 'allowed'],
    [{ArnLike: {'aws:SourceArn': 'arn:aws:events:*:*:rule/usage/*'}}, 'allowed'],
    [{ArnLike: {'aws:SourceArn': 'arn:aws:events:*'}}, 'not-allowed'],
    [{StringEquals: {'aws:SourceArn': rule}}, 'allowed'],
    [{StringEquals: {'aws:SourceArn': ['x', rule]}}, 'allowed'],
    [{StringEquals: {'aws:SourceArn': rule.toUpperCase()}}, 'not-allowed'],
    [{StringEqualsIgnoreCase: {'aws:SourceArn': rule.toUpperCase()}}, 'allowed'],
    [{StringLike: {'aws:SourceArn': 'arn:aws:events:*'}}, 'allowed'],
    [{StringNotEquals: {'aws:SourceArn': rule}}, 'not-allowed'],
    [{StringNotEquals: {'aws:SourceArn': 'x'}}, 'allowed'],
    [{StringNotLike: {'aws:SourceArn': ['x', 'arn:*']}}, 'not-allowed'],
    [{ArnNotEquals: {'aws:SourceArn': 'arn:aws:events:eu-west-1:000000000000:rule/usage/other'}}, 'allowed'],
    [{ArnEquals: {'aws:SourceArn': 'arn:aws:events:eu-west-1:000000000000:rule/usage/other'}}, 'not-allowed'],
    [{StringEquals: {'aws:SourceAccount': '000000000000'}}, 'not-allowed'],
    [{StringEqualsIfExists: {'aws:SourceAccount': '000000000000'}}, 'allowed'],
    [{StringNotEquals: {'aws:SourceAccount': '000000000000'}}, 'allowed'],
    [{Null: {'aws:SourceArn': 'false'}}, 'allowed'],
    [{Null: {'aws:SourceArn': 'true'}}, 'not-allowed'],
    [{Null: {'aws:SourceAccount': true}}, 'allowed'],
    [{Bool: {'aws:SecureTransport': 'true'}}, 'not-allowed'],
    [{NumericLessThan: {'aws:SourceArn': '5'}}, 'not-allowed'],
    [{constructor: {'aws:SourceArn': rule}}, 'not-allowed'],
    [{ArnEquals: {'aws:SourceArn': rule}, StringEquals: {'aws:SourceAccount': 'x'}}, 'not-allowed'],
  ])('says under the condition %j: %s', (condition, expected) => {
    expect(asEventBridge({Condition: condition})).toBe(expected)
  })

  it('compares booleans by their words', () => {
    expect(
      asEventBridge({Condition: {Bool: {'aws:SecureTransport': 'True'}}}, {'aws:SecureTransport': 'true'}),
    ).toBe('allowed')
  })

  it('asks of several values any, or all, as the operator says', () => {
    const context = {'aws:TagKeys': ['team', 'cost']}
    const ask = (operator: string, values: string[]): string =>
      asEventBridge({Condition: {[operator]: {'aws:TagKeys': values}}}, context)

    expect(ask('ForAnyValue:StringEquals', ['team'])).toBe('allowed')
    expect(ask('ForAnyValue:StringEquals', ['other'])).toBe('not-allowed')
    expect(ask('ForAllValues:StringEquals', ['team'])).toBe('not-allowed')
    expect(ask('ForAllValues:StringEquals', ['team', 'cost', 'x'])).toBe('allowed')
  })

  it('holds a denial whose condition it cannot evaluate', () => {
    const text = policy(
      {Principal: '*'},
      {Effect: 'Deny', Principal: '*', Condition: {IpAddress: {'aws:SourceIp': '10.0.0.0/8'}}},
    )

    expect(
      evaluateResourcePolicy(text, {principalService: 'x', action: 'sqs:SendMessage', resource: queue}),
    ).toBe('denied')
  })

  it('never allows with NotPrincipal', () => {
    expect(asEventBridge({Principal: undefined, NotPrincipal: {AWS: '111122223333'}})).toBe('not-allowed')
  })

  it('allows nothing without a policy', () => {
    expect(
      evaluateResourcePolicy(undefined, {principalService: 'x', action: 'sqs:SendMessage', resource: queue}),
    ).toBe('not-allowed')
  })

  it.each([
    '',
    '{',
    'null',
    '[]',
    '{"Statement":5}',
    '{"Statement":[{}]}',
    '{"Version":"2020-01-01","Statement":[]}',
  ])('refuses by the malformed text %j, and does not throw', (text) => {
    expect(
      evaluateResourcePolicy(text, {principalService: 'x', action: 'sqs:SendMessage', resource: queue}),
    ).toBe('denied')
  })

  it('never throws and never allows by a text that is no policy', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const decision = evaluateResourcePolicy(text, {
          principalService: 'x',
          action: 'sqs:SendMessage',
          resource: queue,
        })

        expect(decision).not.toBe('allowed')
      }),
    )
  })
})

describe('evaluateTrustPolicy', () => {
  const trust = JSON.stringify({
    Version: '2012-10-17',
    Statement: {Effect: 'Allow', Principal: {Service: 'firehose.amazonaws.com'}, Action: 'sts:AssumeRole'},
  })

  it('lets the named service assume the role, and no other', () => {
    expect(evaluateTrustPolicy(trust, {principal: {service: 'firehose.amazonaws.com'}})).toBe('allowed')
    expect(evaluateTrustPolicy(trust, {principal: {service: 'events.amazonaws.com'}})).toBe('not-allowed')
  })
})

describe('matchesWildcard', () => {
  it('agrees with a regular expression of the same meaning', () => {
    const letters = fc.string({unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 8})
    const texts = fc.string({unit: fc.constantFrom('a', 'b'), maxLength: 10})

    fc.assert(
      fc.property(letters, texts, (pattern, text) => {
        const expression = new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`)

        expect(matchesWildcard(pattern, text)).toBe(expression.test(text))
      }),
    )
  })

  it('answers a pattern of many stars at once', () => {
    expect(matchesWildcard(`${'*a'.repeat(2000)}b`, 'a'.repeat(4000))).toBe(false)
  })
})
