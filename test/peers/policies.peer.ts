import {spawnSync} from 'node:child_process'
import {join} from 'node:path'
import type {PolicyDocument, PolicyStatement} from '../../src/lib/road/policies'
import {everyRoad, policiesOf, type NamedPolicy, type PolicyForm} from '../_helpers/every-policy'

interface PolicyFinding {
  name: string
  linter: 'parliament' | 'cfn-lint'
  issue: string
  detail: string
}

/** What parliament and cfn-lint find wrong with these policies. */
function lint(policies: readonly NamedPolicy[]): PolicyFinding[] {
  const python = join(process.env['PEERS_BIN'] ?? '', 'python')
  const {status, stdout, stderr} = spawnSync(python, [join(__dirname, 'lint_policies.py')], {
    input: JSON.stringify(policies),
    encoding: 'utf8',
    env: {PATH: process.env['PATH'] ?? '', HOME: '/nonexistent'},
  })
  expect({status, stderr: status === 0 ? '' : stderr}).toEqual({status: 0, stderr: ''})
  return JSON.parse(stdout) as PolicyFinding[]
}

const service = {Service: 'events.amazonaws.com'}
const queue = 'arn:aws:sqs:eu-west-1:111122223333:audit'
const objects = 'arn:aws:s3:::acme-usage/*'

/** A fault each, and who names it. */
const faults: [issue: string, form: PolicyForm, statement: Omit<PolicyStatement, 'Effect'>][] = [
  ['parliament UNKNOWN_ACTION', 'identity', {Action: 's3:PutObjct', Resource: objects}],
  ['cfn-lint W3037', 'identity', {Action: 's3:PutObjct', Resource: objects}],
  ['parliament RESOURCE_STAR', 'identity', {Action: 's3:PutObject', Resource: '*'}],
  ['parliament RESOURCE_MISMATCH', 'identity', {Action: 's3:ListBucket', Resource: objects}],
  ['parliament INVALID_SID', 'identity', {Sid: 'a-b', Action: 's3:PutObject', Resource: objects}],
  [
    'parliament RESOURCE_MISMATCH',
    'resource',
    {Principal: service, Action: 'sqs:SendMessage', Resource: objects},
  ],
  [
    'parliament UNKNOWN_PRINCIPAL',
    'resource',
    {Principal: {Srvice: 'x'}, Action: 'sqs:SendMessage', Resource: queue},
  ],
  [
    'parliament UNKNOWN_CONDITION_FOR_ACTION',
    'resource',
    {
      ...{Principal: service, Action: 'sqs:SendMessage', Resource: queue},
      Condition: {ArnEquals: {'aws:Sourcearm': 'x'}},
    },
  ],
  ['cfn-lint W3037', 'trust', {Principal: service, Action: 'sts:AssumeRol'}],
  ['cfn-lint E3530', 'trust', {Action: 'sts:AssumeRole'}],
  [
    'cfn-lint E3530',
    'trust',
    {Principal: service, Action: 'sts:AssumeRole', Condition: {StringEqals: {'sts:ExternalId': '1'}}},
  ],
]

describe('parliament and cfn-lint', () => {
  it('find nothing in any policy that binding makes', () => {
    const policies = everyRoad().flatMap(policiesOf)

    expect(policies.length).toBeGreaterThan(200)
    expect(lint(policies)).toEqual([])
  })

  it('find what is wrong with others', () => {
    const policies = faults.map(([issue, form, statement], i): NamedPolicy => {
      const document: PolicyDocument = {Version: '2012-10-17', Statement: [{Effect: 'Allow', ...statement}]}
      return {name: `${i} ${issue}`, form, document}
    })

    const found = lint(policies).map(({name, linter, issue}) => `${name.split(' ')[0]} ${linter} ${issue}`)
    for (const {name} of policies) expect(found).toContain(name)
  })
})
