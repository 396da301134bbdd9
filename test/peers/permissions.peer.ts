import {join} from 'node:path'
import {AttachRolePolicyCommand, CreatePolicyCommand} from '@aws-sdk/client-iam'
import {AwsClients} from '../../src/lib/aws/clients'
import {questionsOf} from '../_helpers/authorize'
import {notOnEndpoint} from '../_helpers/not-on-endpoint'
import {runCommand} from '../_helpers/run-command'
import {serveOther, type OtherEndpoint} from './other-endpoint/serve'
import {makeTarget} from './other-endpoint/targets'

const keys = {AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test'}

describe('actions that the local endpoint has no use for', () => {
  let moto: OtherEndpoint
  let clients: AwsClients

  beforeAll(async () => {
    const program = join(process.env['PEERS_BIN'] ?? '', 'moto_server')
    moto = await serveOther(program, ['--host', '127.0.0.1', '--port', '0'])
    const credentials = {accessKeyId: 'test', secretAccessKey: 'test'}
    clients = new AwsClients({region: 'eu-west-1', endpoint: moto.url, credentials})
    Object.assign(process.env, keys)
  })

  afterAll(async () => {
    for (const name of Object.keys(keys)) delete process.env[name]
    await clients.close()
    await moto.end()
  })

  it('are called on moto, and each is allowed by the policy that its run prints', async () => {
    const actions: string[] = []
    const run = async (...words: string[]) => {
      const {calls} = await runCommand([...words, '--endpoint-url', moto.url, '--region', 'eu-west-1'])
      actions.push(...questionsOf(calls, {bucket: 'any'}).map(({action}) => action))
    }

    for (const kind of ['lambda', 'kinesis'] as const) {
      const road = ['--rule', `on-${kind}`, '--target', await makeTarget[kind](clients, `on-${kind}`)]
      await run('bind-target', '--yes', ...road)
      if (kind === 'kinesis') await attachPolicy('usage-tracker-eu-west-1-usage-on-kinesis-target')
      await run('doctor', ...road)
      await run('unbind-target', '--yes', ...road)
    }

    const idle = [...notOnEndpoint].filter((action) => !actions.includes(action))
    expect(idle).toEqual([])
  })

  async function attachPolicy(RoleName: string): Promise<void> {
    const iam = await clients.iam()
    const statement = {Effect: 'Allow', Action: 'kinesis:PutRecord', Resource: '*'}
    const PolicyDocument = JSON.stringify({Version: '2012-10-17', Statement: [statement]})
    const {Policy} = await iam.send(new CreatePolicyCommand({PolicyName: 'theirs', PolicyDocument}))
    await iam.send(new AttachRolePolicyCommand({RoleName, PolicyArn: Policy?.Arn}))
  }
})
