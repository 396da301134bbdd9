import {
  CreateArchiveCommand,
  DisableRuleCommand,
  PutEventsCommand,
  PutRuleCommand,
} from '@aws-sdk/client-eventbridge'
import {DeleteTableCommand} from '@aws-sdk/client-glue'
import {DeleteRolePolicyCommand} from '@aws-sdk/client-iam'
import {PutObjectCommand} from '@aws-sdk/client-s3'
import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import type {DoctorResult} from '../../../src/lib/doctor/doctor-result'
import {discard, testEndpoint} from '../../_helpers/endpoint'
import type {TestEndpoint} from '../../_helpers/endpoint'
import {faultyProxy} from './_helpers/faulty-proxy'
import {runRemedy, runWords} from './_helpers/run-words'
import {brokenHops, namesOf, TestRoad} from './_helpers/test-road'

jest.setTimeout(120_000)

let endpoint: TestEndpoint
beforeAll(async () => {
  endpoint = await testEndpoint()
})
afterAll(() => discard(endpoint))

async function boundRoad(id: string): Promise<TestRoad> {
  const test = new TestRoad(endpoint, namesOf(id), `dead-${id}`)
  await test.bind()
  return test
}

function hopOf(answer: DoctorResult, hop: string) {
  return answer.hops.find((finding) => finding.hop === hop)
}

const hopNames = [
  ...['credentials', 'bus', 'rule', 'pattern', 'quota', 'target', 'stream', 'target-role', 'delivery-role'],
  ...['simulation', 'dead-letters', 'archive', 'metrics', 'delivery', 'bucket', 'error-objects', 'objects'],
  ...['freshness', 'database', 'table', 'projection', 'workgroup', 'producers', 'report'],
]

describe('a road that was bound', () => {
  it('is healthy at every hop, and is where the answer says', async () => {
    const test = await boundRoad('well')
    await test.send('one', 2)

    const {exitCode, answer} = await test.doctor()

    expect(exitCode).toBe(0)
    expect(answer).toMatchObject({
      healthy: true,
      accountId: '000000000000',
      region: 'eu-west-1',
      endpoint: endpoint.url,
    })
    expect(answer.hops.map(({hop}) => hop)).toEqual(hopNames)
    const notOk = answer.hops.filter(({status}) => status !== 'ok').map(({hop, status}) => ({hop, status}))
    expect(notOk).toEqual([{hop: 'archive', status: 'skipped'}])
    test.close()
  })

  it('has no raw events and nothing counted before the first event, which is no fault', async () => {
    const test = await boundRoad('new')

    const {exitCode, answer} = await test.doctor()

    expect(exitCode).toBe(0)
    for (const hop of ['metrics', 'objects', 'freshness', 'producers']) {
      expect({hop, status: hopOf(answer, hop)?.status}).toEqual({hop, status: 'skipped'})
    }
    test.close()
  })

  it('prints one line a hop, each remedy below its hop, and what it comes to', async () => {
    const test = await boundRoad('text')
    await test.eventBridge.send(new DisableRuleCommand({Name: 'rule-text', EventBusName: 'bus-text'}))

    const {stdout} = await test.doctorText()

    const lines = stdout.trimEnd().split('\n')
    expect(lines[0]).toBe(`Account 000000000000, region eu-west-1, endpoint ${endpoint.url}`)
    expect(lines[3]).toBe(
      'broken   rule           Rule rule-text is disabled: every event that it would match is dropped.',
    )
    expect(lines[4]).toBe(
      '         Try: usage-tracker bind-target --yes --bus bus-text --rule rule-text --firehose stream-text ' +
        `--bucket bucket-text --database db_text --workgroup group-text --region eu-west-1 --endpoint-url ${endpoint.url}`,
    )
    expect(lines).toHaveLength(hopNames.length + 3)
    expect(lines.at(-1)).toMatch(/^Unhealthy: rule is broken; \d+ ok, 0 to look at, \d+ skipped\.$/)
    test.close()
  })
})

describe('an archive of the bus', () => {
  it('is named where there is one', async () => {
    const test = await boundRoad('kept')
    const EventSourceArn = test.road.bus.arn
    await test.eventBridge.send(
      new CreateArchiveCommand({ArchiveName: 'all', EventSourceArn, RetentionDays: 7}),
    )

    const {answer} = await test.doctor()

    expect(hopOf(answer, 'archive')).toEqual({
      hop: 'archive',
      status: 'ok',
      reason: 'Bus bus-kept is archived: all.',
    })
    test.close()
  })
})

describe('an account that the configuration does not mean', () => {
  it('breaks the credentials, and nothing else is read', async () => {
    const file = join(endpoint.dataDir, 'pinned.yaml')
    writeFileSync(file, "account: '111122223333'\n")

    const {exitCode, answer} = await runWords([
      ...['doctor', '--json', '--config', file, '--endpoint-url', endpoint.url, '--region', 'eu-west-1'],
    ])

    const {healthy, hops} = answer as DoctorResult
    expect({exitCode, healthy}).toEqual({exitCode: 9, healthy: false})
    expect(hops[0]).toEqual({
      hop: 'credentials',
      status: 'broken',
      reason:
        "The configuration pins account 111122223333, but the caller's is 000000000000. Nothing was read.",
      remedy: 'Choose the environment (--env) or the profile (--profile) of that account.',
    })
    expect(new Set(hops.slice(1).map(({status}) => status))).toEqual(new Set(['skipped']))
  })
})

describe('what is worth a look', () => {
  it('names dead letters with the command that shows them, and what CloudWatch counted', async () => {
    const test = await boundRoad('dead')
    await test.eventBridge.send(
      new PutRuleCommand({Name: 'rule-dead', EventBusName: 'bus-dead', EventPattern: test.road.rule.pattern}),
    )
    const role = {RoleName: test.road.targetRole.name, PolicyName: test.road.targetRole.policyName}
    await test.iam.send(new DeleteRolePolicyCommand(role))
    await test.send('lost', 2)

    const {answer} = await test.doctor()

    expect(hopOf(answer, 'dead-letters')).toMatchObject({
      status: 'warn',
      reason: '2 events could not be delivered and wait in queue dead-dead; each says why.',
      remedy: expect.stringMatching(/^aws sqs receive-message --queue-url \S+\/dead-dead /) as string,
    })
    expect(hopOf(answer, 'metrics')).toMatchObject({
      status: 'warn',
      reason: expect.stringContaining('2 events went to the dead-letter queue') as string,
    })
    test.close()
  })

  it('names services that fell silent, and numbers missing in a sequence', async () => {
    const test = await boundRoad('quiet')
    const event = (service: string, sequence: number, hoursAgo: number) => {
      const Time = new Date(Date.now() - hoursAgo * 3_600_000)
      return {
        EventBusName: 'bus-quiet',
        Source: 'my-applications',
        DetailType: 'api-usage-event',
        Time,
        Detail: JSON.stringify({
          eventId: `${service}-${sequence}`,
          occurredAt: Time.toISOString(),
          service: {name: service, instance: `${service}-1`},
          api: {operation: 'o'},
          sequence,
        }),
      }
    }
    // The instance of "restarted" began again, and the requests of "busy" overlapped: neither is a gap.
    for (const Entries of [
      [event('busy', 3, 5), event('busy', 5, 4.9), event('busy', 4, 4.8), event('busy', 6, 4.7)],
      [event('gone', 1, 30), event('gappy', 1, 3), event('gappy', 5, 2), event('gappy', 6, 1)],
      [event('restarted', 90, 3), event('restarted', 91, 2), event('restarted', 1, 1)],
    ]) {
      await test.eventBridge.send(new PutEventsCommand({Entries}))
    }
    await endpoint.flush()

    const {exitCode, answer} = await test.doctor()

    expect(exitCode).toBe(0)
    expect(hopOf(answer, 'producers')).toMatchObject({
      status: 'warn',
      reason: expect.stringMatching(
        /^4 services sent usage events in 7 days; silent for 24 hours: gone \(last [^,]*\); events missing in a sequence: gappy \(3\)\.$/,
      ) as string,
    })
    test.close()
  })

  it('names what Firehose could not write', async () => {
    const test = await boundRoad('error')
    const Key = 'errors/processing-failed/dt=2026-01-01/one'
    await test.s3.send(new PutObjectCommand({Bucket: 'bucket-error', Key, Body: '{}'}))

    const {answer} = await test.doctor()

    expect(hopOf(answer, 'error-objects')).toMatchObject({
      status: 'warn',
      reason: expect.stringContaining('1 object lies under s3://bucket-error/errors/') as string,
      remedy: `aws s3 cp s3://bucket-error/${Key} - --region eu-west-1 --endpoint-url ${endpoint.url}`,
    })
    test.close()
  })
})

describe('a service that cannot be asked', () => {
  const denied = {
    status: 400,
    contentType: 'application/x-amz-json-1.1',
    body: '{"__type":"AccessDeniedException","message":"User x is not authorized to perform: glue:GetDatabase"}',
  }
  const failing = {status: 500, contentType: 'text/html', body: '<html>no</html>'}

  it('makes its checks skipped and never broken, and names the permission that is missing', async () => {
    const test = await boundRoad('proxy')
    const proxy = await faultyProxy(endpoint.url, {
      monitoring: failing,
      sqs: failing,
      iam: failing,
      glue: denied,
    })
    const flags = Object.entries(test.names).flatMap(([flag, name]) => [`--${flag}`, name as string])
    const place = ['--endpoint-url', proxy.url, '--region', 'eu-west-1']

    const {exitCode, answer} = await runWords(['doctor', '--json', ...flags, ...place])
    await proxy.close()

    const result = answer as DoctorResult
    expect({exitCode, broken: brokenHops(result)}).toEqual({exitCode: 0, broken: []})
    for (const hop of ['metrics', 'dead-letters', 'target-role', 'delivery-role', 'database', 'table']) {
      expect({hop, status: hopOf(result, hop)?.status}).toEqual({hop, status: 'skipped'})
    }
    expect(hopOf(result, 'database')?.reason).toMatch(
      /^You may not look at it; that takes glue:GetDatabase\./,
    )
    test.close()
  })
})

describe('a canary', () => {
  it('is followed from the bus to a query, and no report counts it', async () => {
    const test = await boundRoad('canary')

    const {exitCode, answer} = await test.doctor('--canary')

    const hops = answer.hops.slice(hopNames.length)
    expect(exitCode).toBe(0)
    expect(hops.map(({hop, status}) => `${hop} ${status}`)).toEqual([
      ...['canary-accepted ok', 'canary-matched ok', 'canary-stored ok', 'canary-queryable ok'],
    ])
    for (const {afterMs} of hops) expect(afterMs).toBeGreaterThanOrEqual(0)
    expect(await test.billedCalls('(none)')).toBe(0)
    test.close()
  })

  it('is not sent where a hop on its way is broken', async () => {
    const test = await boundRoad('lost')
    await test.eventBridge.send(new DisableRuleCommand({Name: 'rule-lost', EventBusName: 'bus-lost'}))

    const {exitCode, answer} = await test.doctor('--canary')

    expect(exitCode).toBe(9)
    expect(answer.hops.slice(hopNames.length).map(({status, reason}) => `${status} ${reason}`)).toEqual(
      Array(4).fill('skipped Not looked at: rule must be mended first.'),
    )
    test.close()
  })
})

describe('a canary that the rule is not meant for', () => {
  it('is not sent, and the clause that it would miss is named', async () => {
    const test = await boundRoad('narrow')
    const pattern = '{"detail":{"service":{"name":["shop"]}}}'
    const EventPattern = {Name: 'rule-narrow', EventBusName: 'bus-narrow', EventPattern: pattern}
    await test.eventBridge.send(new PutRuleCommand(EventPattern))

    const {exitCode, answer} = await test.doctor('--canary', '--pattern', pattern)

    expect(exitCode).toBe(0)
    expect(hopOf(answer, 'canary-accepted')).toMatchObject({
      status: 'skipped',
      reason: expect.stringMatching(
        /^Not sent, as the rule would not match it: detail\.service\.name: /,
      ) as string,
    })
    test.close()
  })
})

describe('the remedy', () => {
  it('repeats the words of the command line, so that it mends the same road', async () => {
    const test = await boundRoad('words')
    const {DatabaseName, Name} = {DatabaseName: 'db_words', Name: 'raw_events'}
    await test.glue.send(new DeleteTableCommand({DatabaseName, Name}))
    const pattern = '{"source":["my-applications"],"detail":{"service":{"name":["o\'clock"]}}}'
    const flags = Object.entries(test.names).flatMap(([flag, name]) => [`--${flag}`, name as string])
    const place = ['--endpoint-url', endpoint.url, '--region', 'eu-west-1']

    const {answer} = await runWords(['doctor', '--json', '--pattern', pattern, ...flags, ...place])
    const found = brokenHops(answer as DoctorResult)
    for (const {remedy = ''} of found) expect(await runRemedy(remedy)).toBe(0)
    const again = await runWords(['doctor', '--json', '--pattern', pattern, ...flags, ...place])

    expect(found.map(({hop}) => hop)).toEqual(['pattern', 'table'])
    expect(again.exitCode).toBe(0)
    test.close()
  })
})
