import {existsSync, rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {readCalls} from '../_helpers/calls'
import {temporaryFolder} from '../_helpers/endpoint'
import {account, TestNetwork} from '../_helpers/tls'
import {Sandbox} from './run-tool'

const keys = {AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test'}
const nowhere = ['--endpoint-url', 'http://127.0.0.1:9', '--region', 'eu-west-1']

describe('--print-policy', () => {
  let sandbox: Sandbox
  const network = new TestNetwork()
  beforeEach(() => {
    sandbox = new Sandbox()
  })
  afterEach(() => sandbox.close())
  afterAll(() => network.close())

  const resourcesIn = (stdout: string): string[] => {
    const {Statement} = JSON.parse(stdout) as {Statement: {Resource: string[]}[]}
    return Statement.flatMap(({Resource}) => Resource)
  }

  it("asks for the caller's account and for nothing else", async () => {
    const folder = temporaryFolder()
    const calls = join(folder, 'calls')
    const place = ['--endpoint-url', `http://${await network.plain()}`, '--region', 'cn-north-1']

    const words = ['bind-target', '--print-policy', '--bus', 'shop', ...place]
    const ran = await sandbox.run(words, {...keys, USAGE_TRACKER_CALLS: calls})

    expect({exitCode: ran.exitCode, stderr: ran.stderr}).toEqual({exitCode: 0, stderr: ''})
    expect(readCalls(calls).map(({operation}) => operation)).toEqual(['GetCallerIdentity'])
    expect(resourcesIn(ran.stdout)).toContain(`arn:aws-cn:events:cn-north-1:${account}:event-bus/shop`)
    rmSync(folder, {recursive: true})
  })

  it('asks nothing where the configuration tells the account', async () => {
    const bindings = '[{name: a, rule: a}, {name: b, rule: b}]'
    writeFileSync(
      join(sandbox.project, 'usage-tracker.yaml'),
      `account: "111122223333"\nbindings: ${bindings}\n`,
    )

    const ran = await sandbox.run(['bind-target', '--all', '--check', '--print-policy', '--json', ...nowhere])

    expect(ran.exitCode).toBe(0)
    const ofRules = resourcesIn(ran.stdout).filter((arn) => arn.includes(':rule/'))
    expect(ofRules).toEqual([
      'arn:aws:events:eu-west-1:111122223333:rule/usage/a',
      'arn:aws:events:eu-west-1:111122223333:rule/usage/b',
    ])
    expect(ran.stdout.trimEnd().split('\n')).toHaveLength(1)
  })

  it('starts no endpoint with --local, and reads no input', async () => {
    const place = ['--local', '--data-dir', sandbox.dataDir]

    const ran = await sandbox.run(['events', 'import', 'no-such.log', '--print-policy', ...place])

    expect(ran.exitCode).toBe(0)
    expect(resourcesIn(ran.stdout)).toEqual(['arn:aws:events:us-east-1:000000000000:event-bus/usage'])
    expect(existsSync(sandbox.dataDir)).toBe(false)
  })

  it('says so where nothing is needed', async () => {
    const pattern = ['pattern', 'test', '--pattern', '{"source":["a"]}']

    const ran = await sandbox.run([...pattern, '--print-policy', '--local', '--data-dir', sandbox.dataDir])

    expect(ran).toMatchObject({exitCode: 0, stderr: 'This needs no permission.\n'})
    expect(JSON.parse(ran.stdout)).toEqual({Version: '2012-10-17', Statement: []})
  })

  it('fails where nobody asks', async () => {
    const ran = await sandbox.run(['doctor', '--print-policy', '--json', ...nowhere], {
      AWS_EC2_METADATA_DISABLED: 'true',
    })

    expect(ran.exitCode).toBe(4)
    expect(JSON.parse(ran.stdout)).toMatchObject({error: {code: 'CREDENTIALS'}})
  })

  it('is shown by the help of commands that speak to AWS, and of no other', async () => {
    const help = async (...words: string[]) => (await sandbox.run([...words, '--help'])).stdout

    expect(await help('report', 'billing')).toContain('--print-policy')
    expect(await help('pattern', 'build')).not.toContain('--print-policy')
  })
})
