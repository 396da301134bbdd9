import {judgeRole} from '../../../../src/lib/doctor/policy/role-verdict'
import type {WholeRole} from '../../../../src/lib/doctor/read-whole-role'

const allow = (Action: string | string[]) =>
  JSON.stringify({Version: '2012-10-17', Statement: {Effect: 'Allow', Action, Resource: '*'}})
const deny = '{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}'
const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: {
    Effect: 'Allow',
    Principal: {Service: 'firehose.amazonaws.com'},
    Action: 'sts:AssumeRole',
    Condition: {StringEquals: {'sts:ExternalId': '111122223333'}},
  },
})
const role = (more: Partial<WholeRole>): WholeRole => ({
  name: 'delivery',
  arn: 'arn:aws:iam::111122223333:role/delivery',
  trustPolicy: trust,
  policies: [{name: 'write', text: allow(['s3:PutObject', 's3:ListBucket'])}],
  boundary: undefined,
  ...more,
})
const use = (externalId: string) => ({
  service: 'firehose.amazonaws.com',
  trustContext: {'sts:ExternalId': externalId},
  needs: ['s3:PutObject', 's3:ListBucket'].map((action) => ({action, resource: 'arn:aws:s3:::acme-usage/x'})),
})

describe('a role', () => {
  it('does where it trusts the service and allows every need', () => {
    expect(judgeRole(role({}), use('111122223333'))).toEqual({
      trust: 'allowed',
      missing: [],
      unknown: [],
      denying: undefined,
      limited: [],
    })
  })

  it('is not taken on under another external id', () => {
    expect(judgeRole(role({}), use('999999999999')).trust).toBe('not-allowed')
  })

  it('names the policy that denies a need', () => {
    const freeze = {name: 'freeze', text: deny}

    const verdict = judgeRole(
      role({policies: [{name: 'write', text: allow('s3:*')}, freeze]}),
      use('111122223333'),
    )

    expect(verdict).toMatchObject({missing: ['s3:PutObject', 's3:ListBucket'], denying: freeze, limited: []})
  })

  it('is limited by its permissions boundary, which allows nothing by itself', () => {
    const boundary = {arn: 'arn:aws:iam::111122223333:policy/limit', text: allow('s3:ListBucket')}

    expect(judgeRole(role({boundary}), use('111122223333'))).toMatchObject({
      missing: ['s3:PutObject'],
      limited: ['s3:PutObject'],
    })
    expect(judgeRole(role({policies: [], boundary}), use('111122223333'))).toMatchObject({
      missing: ['s3:PutObject', 's3:ListBucket'],
      limited: [],
    })
  })
})
