import {createServer} from 'node:http'
import type {Server} from 'node:http'
import type {AddressInfo} from 'node:net'
import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {EventBridgeClient, PutRuleCommand, PutTargetsCommand} from '@aws-sdk/client-eventbridge'
import {runTool, serve} from '../_helpers/tool'
import type {Serving} from '../_helpers/tool'
import {Sandbox} from './run-tool'

const failed = JSON.stringify({source: 'my-applications', detail: {response: {status: 502}}})
const fine = JSON.stringify({source: 'my-applications', detail: {response: {status: 200}}})
const serverErrors = '{"detail":{"response":{"status":[{"numeric":[">=",500]}]}}}'
const testOf = (words: string[], input: string, env: Record<string, string>) =>
  runTool(['pattern', 'test', ...words], {input, env})

describe('rules of a bus', () => {
  let endpoint: Serving
  const env = () => ({AWS_ENDPOINT_URL: endpoint.url})
  const stream = 'arn:aws:firehose:us-east-1:000000000000:deliverystream/usage-events'

  beforeAll(async () => {
    endpoint = await serve()
    runTool(['bind-target', '--yes'], {env: env()})
    const client = new EventBridgeClient({
      endpoint: endpoint.url,
      region: 'us-east-1',
      credentials: {accessKeyId: 'test', secretAccessKey: 'test'},
    })
    const errors = {EventBusName: 'usage', Name: 'errors', EventPattern: serverErrors}
    await client.send(new PutRuleCommand(errors))
    await client.send(
      new PutTargetsCommand({
        EventBusName: 'usage',
        Rule: 'errors',
        Targets: [{Id: 'stream', Arn: stream, RoleArn: 'arn:aws:iam::000000000000:role/any'}],
      }),
    )
    client.destroy()
  })
  afterAll(() => endpoint.end())

  it('are tested one by its name, the usual one when none is named', () => {
    expect(testOf(['-', '--rule', 'errors'], failed, env()).status).toBe(0)
    expect(testOf(['-', '--rule', 'errors'], fine, env()).status).toBe(9)
    expect(testOf(['-'], '{"eventId":"e"}', env())).toMatchObject({
      status: 0,
      stdout: 'line 1: matches api-usage\n1 of 1 events matched.\n',
    })
  })

  it('are tested all at once, with the clauses of the nearest for a miss', () => {
    const {status, stdout} = testOf(['-', '--all-rules', '--json'], `${failed}\n${fine}`, env())
    const {results} = JSON.parse(stdout) as {
      results: {matched: boolean; misses: {path: string}[]; rules: {rule: string; matched: boolean}[]}[]
    }

    expect(status).toBe(9)
    expect(results.map(({matched}) => matched)).toEqual([true, false])
    expect(results[0]?.rules.map(({rule, matched}) => [rule, matched])).toEqual([
      ['api-usage', false],
      ['errors', true],
    ])
    expect(results[1]?.misses).toMatchObject([{path: 'detail-type'}])
  })

  it('that are not there are absent', () => {
    expect(testOf(['-', '--rule', 'nope'], fine, env())).toMatchObject({
      status: 3,
      stderr: expect.stringContaining('There is no rule nope on the bus usage.') as string,
    })
    expect(testOf(['-', '--all-rules', '--bus', 'nope'], fine, env()).status).toBe(3)
  })

  it('are compared with what the service says', () => {
    const {status, stdout} = testOf(['-', '--remote', '--json'], '{"eventId":"e"}', env())

    expect(status).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      differenceCount: 0,
      results: [{rules: [{remote: {matched: true}}]}],
    })
  })

  it('are found to overlap, with an event that shows it', () => {
    const {status, stdout} = runTool(['pattern', 'lint', '--json'], {env: env()})
    const answer = JSON.parse(stdout) as {findings: {event: object}[]}

    expect(status).toBe(9)
    expect(answer).toMatchObject({
      checkedCount: 2,
      errorCount: 1,
      findings: [{kind: 'overlap', rules: ['api-usage', 'errors'], target: stream}],
    })
    expect(testOf(['-', '--rule', 'errors'], JSON.stringify(answer.findings[0]?.event), env()).status).toBe(0)
    expect(testOf(['-'], JSON.stringify(answer.findings[0]?.event), env()).status).toBe(0)
  })

  it('are linted for one rule', () => {
    expect(runTool(['pattern', 'lint', '--rule', 'errors'], {env: env()}).status).toBe(9)
    expect(runTool(['pattern', 'lint', '--rule', 'nope'], {env: env()}).status).toBe(3)
  })
})

describe('a service that says something else', () => {
  const sandbox = new Sandbox()
  let server: Server
  beforeAll(async () => {
    server = createServer((request, response) => {
      request.resume().on('end', () => {
        response.writeHead(200, {'content-type': 'application/x-amz-json-1.1'})
        const isIdentity = request.headers['x-amz-target'] === undefined
        response.end(isIdentity ? identity : '{"Result":false}')
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  })
  afterAll(async () => {
    server.close()
    await sandbox.close()
  })
  const identity =
    '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>' +
    '<Arn>arn:aws:iam::123456789012:user/a</Arn><UserId>a</UserId><Account>123456789012</Account>' +
    '</GetCallerIdentityResult></GetCallerIdentityResponse>'

  it('is reported and ends with 9, though every event matched', async () => {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const place = {AWS_ENDPOINT_URL: url, AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b'}
    writeFileSync(join(sandbox.project, 'event.json'), failed)
    const words = ['pattern', 'test', 'event.json', '--pattern', serverErrors, '--remote']
    const {exitCode, stdout} = await sandbox.run(words, place)

    expect(exitCode).toBe(9)
    expect(stdout).toContain('EventBridge differs: it says that the event does not match')
    expect(stdout).toContain('EventBridge says something else once.')
  })
})
