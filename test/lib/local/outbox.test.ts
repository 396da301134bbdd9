import {rmSync} from 'node:fs'
import {Clock} from '../../../src/lib/local/clock'
import {Metrics} from '../../../src/lib/local/metrics/metrics'
import {RuleMetrics} from '../../../src/lib/local/metrics/rule-metrics'
import {Outbox} from '../../../src/lib/local/outbox'
import type {Route} from '../../../src/lib/local/parcel'
import type {DeliveryOutcome, DeliveryRequest, Service} from '../../../src/lib/local/platform'
import {Sequence} from '../../../src/lib/local/sequence'
import {Store} from '../../../src/lib/local/store'
import {temporaryFolder} from '../../_helpers/endpoint'

const target = 'arn:aws:firehose:eu-west-1:000000000000:deliverystream/s'
const queue = 'arn:aws:sqs:eu-west-1:000000000000:dead'
const route: Route = {
  ruleArn: 'rule',
  targetArn: target,
  roleArn: undefined,
  region: 'eu-west-1',
  deadLetterArn: queue,
}
const hour = 3_600_000

describe('the outbox', () => {
  const folder = temporaryFolder()
  const machineNow = 1_800_000_000_000
  let store: Store
  let clock: Clock
  let metrics: Metrics
  let outbox: Outbox
  let attempts: DeliveryRequest[]
  let letters: DeliveryRequest[]
  /** What the target answers, attempt by attempt; the last answer goes on. */
  let answers: DeliveryOutcome[]

  const failed = (code: string, retryable: boolean): DeliveryOutcome => ({
    failed: [{index: 0, failure: {code, message: 'because', retryable}}],
  })

  const open = () => {
    const services: Record<string, Service> = {
      firehose: {
        operations: {},
        deliver: (request) => {
          attempts.push(request)
          return (answers.length > 1 ? answers.shift() : answers[0]) ?? {}
        },
      },
      sqs: {
        operations: {},
        deliver: (request) => {
          letters.push(request)
          return {}
        },
      },
    }
    store = new Store(folder)
    clock = new Clock(() => machineNow)
    metrics = new Metrics(store, clock, () => undefined)
    outbox = new Outbox({
      store,
      clock,
      sequence: new Sequence(store),
      accountId: '000000000000',
      random: () => 0.5,
      metrics: new RuleMetrics(metrics),
      service: (name) => Promise.resolve(services[name]),
      log: () => undefined,
    })
    outbox.start()
  }

  beforeEach(() => {
    attempts = []
    letters = []
    answers = [{}]
    rmSync(folder, {recursive: true, force: true})
    open()
  })

  afterEach(async () => {
    clock.stop()
    await outbox.close()
    await store.close()
  })

  const accept = (more: Partial<Route> = {}) =>
    outbox.accept({
      acceptedAt: clock.now(),
      attempts: 0,
      events: ['{"n":1}'],
      routes: [{route: {...route, ...more}, indexes: [0]}],
    })

  /** Moves the clock in steps, so that each retry is due in its own step. */
  const pass = async (ms: number) => {
    for (let gone = 0; gone < ms; gone += hour / 4) {
      clock.advance(hour / 4)
      // What has become due is moved in a commit of its own before it is delivered.
      for (let i = 0; i < 5; i += 1) {
        await new Promise((resolve) => setImmediate(resolve))
        await store.batch(() => undefined)
        await outbox.settled()
      }
    }
  }

  it('tries again what failed for a reason that may pass, and no more once it is taken', async () => {
    answers = [failed('THROTTLING', true), failed('THROTTLING', true), {}]

    await accept()
    await outbox.settled()
    await pass(2 * hour)

    expect(attempts).toHaveLength(3)
    expect(letters).toEqual([])
    expect(outbox.pending().count).toBe(0)
  })

  it('counts an invocation once, and each of its attempts and retries when it is made', async () => {
    answers = [failed('THROTTLING', true), failed('THROTTLING', true), {}]
    const ruleArn = 'arn:aws:events:eu-west-1:000000000000:rule/usage/orders'

    await accept({ruleArn})
    await outbox.settled()
    await pass(2 * hour)

    const ofRule = metrics.list('eu-west-1').filter(({name}) => name.dimensions.length === 2)
    const sums = ofRule.map((series) => {
      const minutes = metrics.read(series, 0, clock.now() + hour)
      return [series.name.metric, minutes.reduce((sum, {bucket}) => sum + bucket.sum, 0), minutes.length]
    })
    expect(ofRule[0]?.name.dimensions).toEqual([
      {name: 'EventBusName', value: 'usage'},
      {name: 'RuleName', value: 'orders'},
    ])
    expect(sums.filter(([name]) => name !== 'IngestionToInvocationSuccessLatency')).toEqual([
      ['InvocationAttempts', 3, 3],
      ['Invocations', 1, 1],
      ['MatchedEvents', 1, 1],
      ['RetryInvocationAttempts', 2, 2],
      ['SuccessfulInvocationAttempts', 1, 1],
      ['TriggeredRules', 1, 1],
    ])
  })

  it('sends to the dead-letter queue at once what can never be delivered', async () => {
    answers = [failed('NO_PERMISSIONS', false)]

    await accept()
    await outbox.settled()

    expect(attempts).toHaveLength(1)
    expect(letters[0]).toMatchObject({targetArn: queue, deliveries: [{body: '{"n":1}'}]})
    expect(letters[0]?.deliveries[0]?.attributes).toEqual({
      RULE_ARN: 'rule',
      TARGET_ARN: target,
      ERROR_CODE: 'NO_PERMISSIONS',
      ERROR_MESSAGE: 'because',
    })
  })

  it('says which limit of the retry policy ended the retries', async () => {
    answers = [failed('THROTTLING', true)]

    await accept({maximumRetryAttempts: 2})
    await outbox.settled()
    await pass(2 * hour)

    expect(attempts).toHaveLength(3)
    expect(letters[0]?.deliveries[0]?.attributes).toMatchObject({
      EXHAUSTED_RETRY_CONDITION: 'MaximumRetryAttempts',
      RETRY_ATTEMPTS: '2',
    })
  })

  it('gives up after the age that the policy allows', async () => {
    answers = [failed('THROTTLING', true)]

    await accept({maximumEventAgeInSeconds: 3600})
    await outbox.settled()
    await pass(2 * hour)

    expect(letters[0]?.deliveries[0]?.attributes).toMatchObject({
      EXHAUSTED_RETRY_CONDITION: 'MaximumEventAgeInSeconds',
    })
  })

  it('keeps a retry of before a restart beside one that is due at the same moment', async () => {
    answers = [failed('THROTTLING', true)]
    await accept()
    await outbox.settled()
    clock.stop()
    await outbox.close()
    await store.close()

    open()
    await accept()
    await outbox.settled()

    expect(outbox.pending().count).toBe(2)
  })

  it('goes on after a restart with what it had accepted and with what waits for a retry', async () => {
    answers = [failed('THROTTLING', true)]
    await accept()
    await outbox.settled()
    const waiting = outbox.pending().count
    clock.stop()
    await outbox.close()
    await store.close()

    answers = [{}]
    open()
    await pass(hour)

    expect(waiting).toBe(1)
    expect(attempts).toHaveLength(2)
    expect(outbox.pending().count).toBe(0)
  })
})
