import {createServer} from 'node:http'
import type {Server} from 'node:http'
import type {AddressInfo} from 'node:net'
import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {EventBridgeClient, PutRuleCommand, PutTargetsCommand} from '@aws-sdk/client-eventbridge'
import {temporaryFolder} from '../_helpers/endpoint'
import {runTool, serve} from '../_helpers/tool'
import type {Serving} from '../_helpers/tool'
import {Sandbox} from './run-tool'

const failed = JSON.stringify({source: 'my-applications', detail: {response: {status: 502}}})
const fine = JSON.stringify({source: 'my-applications', detail: {response: {status: 200}}})
const serverErrors = '{"detail":{"response":{"status":[{"numeric":[">=",500]}]}}}'
const testOf = (words: string[], input: string, env: Record<string, string> = {}) =>
  runTool(['pattern', 'test', ...words], {input, env})

describe('pattern test with a pattern', () => {
  it('answers which events match, and of the others path, wanted and seen', () => {
    const {status, stdout} = testOf(['-', '--pattern', serverErrors, '--json'], `${failed}\n${fine}\n`)

    expect(status).toBe(9)
    expect(JSON.parse(stdout)).toEqual({
      matchedCount: 1,
      missedCount: 1,
      results: [
        {position: 'line 1', matched: true, misses: []},
        {
          position: 'line 2',
          matched: false,
          misses: [
            {
              path: 'detail.response.status',
              wanted: [{numeric: ['>=', 500]}],
              seen: 200,
              nearest: 500,
              why: expect.any(String) as string,
            },
          ],
        },
      ],
    })
  })

  it('shows a person the value seen and the nearest one that would have matched', () => {
    const {status, stdout} = testOf(['-', '--pattern', serverErrors], `${failed}\n${fine}\n`)

    expect(status).toBe(9)
    expect(stdout).toBe(
      'line 1: matches\nline 2: does not match\n' +
        '  detail.response.status is 200, which is outside of the range; the pattern wants a number of at least 500.\n' +
        '    would match: 500\n1 of 2 events matched.\n',
    )
  })

  it('ends with 0 when all match, and with --any when one does', () => {
    expect(testOf(['-', '--pattern', serverErrors], failed).status).toBe(0)
    expect(testOf(['-', '--pattern', serverErrors, '--any'], `${failed}\n${fine}`).status).toBe(0)
    expect(testOf(['-', '--pattern', serverErrors, '--any'], fine).status).toBe(9)
  })

  it('reads standard input where no file is named', () => {
    expect(testOf(['--pattern', serverErrors], `${failed}\n`)).toMatchObject({
      status: 0,
      stdout: 'line 1: matches\n1 of 1 events matched.\n',
    })
  })

  it('reads pattern and events from files, and needs no account', () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'pattern.json'), `\n${serverErrors}\n`)
    writeFileSync(join(folder, 'events.json'), `[${failed},${failed}]`)
    const {status, stdout} = runTool(['pattern', 'test', 'events.json', '--pattern', '@pattern.json'], {
      cwd: folder,
    })

    expect({status, stdout}).toEqual({
      status: 0,
      stdout: 'element 1: matches\nelement 2: matches\n2 of 2 events matched.\n',
    })
  })

  it('says where a pattern is wrong and what would be right', () => {
    const {status, stderr} = testOf(['-', '--pattern', '{"source":"a"}'], fine)

    expect(status).toBe(2)
    expect(stderr).toContain('at source (line 1, column 11): "source" must be an object or an array')
    expect(stderr).toContain('Try: ')
  })

  it.each([
    ['no event', '', 'NO_INPUT'],
    ['a line that is no JSON', `${fine}\n{"a`, 'BAD_EVENT'],
  ])('refuses %s', (_, input, code) => {
    const {status, stdout} = testOf(['-', '--pattern', serverErrors, '--json'], input)

    expect(status).toBe(2)
    expect(JSON.parse(stdout)).toMatchObject({error: {code}})
  })

  it('refuses a pattern beside a rule, unless a variable names the rule', () => {
    expect(testOf(['-', '--pattern', serverErrors, '--rule', 'a'], failed).status).toBe(2)
    expect(testOf(['-', '--pattern', serverErrors], failed, {USAGE_TRACKER_RULE: 'a'}).status).toBe(0)
  })

  it('strips what an event could do to a terminal', () => {
    const hostile = JSON.stringify({source: '\u202e\u009b31m\u001b[2J'})

    expect(testOf(['-', '--pattern', '{"source":["a"]}'], hostile).stdout).not.toMatch(/[\u001b\u009b\u202e]/)
  })
})

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

describe('a command that takes no input', () => {
  it('does not mistake what stands on standard input for its argument', () => {
    const {status, stdout} = runTool(['schemas', 'export'], {input: 'usage-event\n'})

    expect({status, stdout}).toEqual({status: 2, stdout: ''})
  })
})

describe('pattern lint on files', () => {
  const folder = temporaryFolder()
  const lint = (files: Record<string, string>, words: string[] = []) => {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
    return runTool(['pattern', 'lint', ...Object.keys(files), ...words], {cwd: folder})
  }

  it('finds nothing in sound patterns', () => {
    expect(lint({'a.json': serverErrors, 'b.json': '{"source":["my-applications"]}'})).toMatchObject({
      status: 0,
      stdout: '2 patterns checked: 0 errors, 0 warnings.\n',
    })
  })

  it('names file, place and remedy of an invalid one', () => {
    const {status, stdout} = lint({'bad.json': '{\n  "detail": {"a": []}\n}'})

    expect(status).toBe(9)
    expect(stdout).toContain(
      'error invalid bad.json: The event pattern is not valid at detail.a (line 2, column 20)',
    )
  })

  it('finds what no usage event can match, where the pattern asks for usage events', () => {
    const {status, stdout} = lint({
      'status.json': '{"detail-type":["api-usage-event"],"detail":{"response":{"status":["500"]}}}',
    })

    expect(status).toBe(9)
    expect(stdout).toContain('error dead status.json: detail.response.status')
  })

  it('counts warnings as errors only with --strict', () => {
    const covered = {'covered.json': '{"source":["abc",{"prefix":"a"}]}'}

    expect(lint(covered).status).toBe(0)
    expect(lint(covered, ['--strict']).status).toBe(9)
  })
})
