import {canonicalPolicy, canonicalStatement, sameJsonText} from '../../../src/lib/binding/plan/canonical'

const statement = {
  Effect: 'Allow',
  Action: ['s3:GetObject', 's3:PutObject'],
  Resource: 'arn:aws:s3:::acme-usage/*',
}

describe('canonicalPolicy', () => {
  const policy = {Version: '2012-10-17', Statement: [statement]}

  it.each([
    ['a statement outside a list', {...policy, Statement: statement}],
    [
      'actions in another order',
      {...policy, Statement: [{...statement, Action: ['s3:PutObject', 's3:GetObject']}]},
    ],
    [
      'a resource in a list',
      {...policy, Statement: [{...statement, Resource: ['arn:aws:s3:::acme-usage/*']}]},
    ],
    ['a Sid', {...policy, Statement: [{Sid: 'Write', ...statement}]}],
    ['keys in another order', {Statement: [statement], Version: '2012-10-17'}],
  ])('sees through %s', (_what, other) => {
    expect(canonicalPolicy(other)).toBe(canonicalPolicy(policy))
  })

  it.each([
    [
      'an action more',
      {...policy, Statement: [{...statement, Action: ['s3:GetObject', 's3:PutObject', 's3:*']}]},
    ],
    ['another effect', {...policy, Statement: [{...statement, Effect: 'Deny'}]}],
    [
      'a condition',
      {...policy, Statement: [{...statement, Condition: {Bool: {'aws:SecureTransport': 'true'}}}]},
    ],
    ['a statement more', {...policy, Statement: [statement, {...statement, Action: 's3:*'}]}],
    ['the older language', {...policy, Version: '2008-10-17'}],
    ['no policy at all', undefined],
    ['text that is no JSON', 'nonsense'],
  ])('sees %s', (_what, other) => {
    expect(canonicalPolicy(other)).not.toBe(canonicalPolicy(policy))
  })

  it.each([
    ['in a list', {AWS: ['*']}],
    ['as every account', {AWS: '*'}],
    ['as the root of every account', {AWS: 'arn:aws:iam::*:root'}],
  ])('knows everybody %s', (_how, Principal) => {
    const of = (principal: unknown): unknown => canonicalStatement({...statement, Principal: principal})

    expect(of(Principal)).toEqual(of('*'))
    expect(of({Service: '*'})).not.toEqual(of('*'))
    expect(of({AWS: ['*', 'arn:aws:iam::111122223333:root']})).not.toEqual(of('*'))
  })

  it('compares condition values and principals as lists without order', () => {
    const withLists = (values: unknown, principal: unknown): string =>
      canonicalPolicy({
        Statement: {
          ...statement,
          Principal: {Service: principal},
          Condition: {StringEquals: {'aws:x': values}},
        },
      })

    expect(withLists(['b', 'a'], 'events.amazonaws.com')).toBe(
      withLists(['a', 'b'], ['events.amazonaws.com']),
    )
  })
})

describe('sameJsonText', () => {
  it('looks past spaces and the order of keys', () => {
    expect(sameJsonText('{"a":[1],"b":{"c":2,"d":3}}', '{ "b": {"d":3, "c":2}, "a": [1] }')).toBe(true)
  })

  it('tells integers apart that a double takes for one', () => {
    expect(sameJsonText('{"a":[9007199254740993]}', '{"a":[9007199254740992]}')).toBe(false)
  })

  it('finds that nothing is not a pattern', () => {
    expect(sameJsonText('{}', undefined)).toBe(false)
  })
})
