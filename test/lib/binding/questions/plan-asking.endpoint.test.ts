import {CreateEventBusCommand, PutRuleCommand, PutTargetsCommand} from '@aws-sdk/client-eventbridge'
import {CreateDeliveryStreamCommand} from '@aws-sdk/client-firehose'
import {CreateQueueCommand} from '@aws-sdk/client-sqs'
import type {AwsClients} from '../../../../src/lib/aws/clients'
import type {BindingWords} from '../../../../src/lib/binding/choose-bindings'
import {openOf, planAsking} from '../../../../src/lib/binding/questions/plan-asking'
import {Scripted} from '../../../_helpers/scripted-asker'
import {Account, arnOf, settings} from '../_account'

const enter = ''

describe('questions about what may be meant', () => {
  let account: Account
  let clients: AwsClients

  beforeEach(async () => {
    account = await Account.open()
    clients = account.clients
  })

  afterEach(() => account.close())

  /** Plans with these answers; the plan, the questions, what was said, and what the last list offered. */
  async function plan(answers: string[], said: string[] = [], words: BindingWords = {}) {
    const asker = new Scripted(answers)
    const open = openOf({name: undefined, all: false}, new Set(said), words)
    const plans = await planAsking({clients, asker, open, now: () => Date.now()}, [settings], false)
    const changes = plans.flatMap((one) => one.changes)
    const nameOf = (kind: string) => changes.find(({resource}) => resource === kind)?.name
    return {asker, changes, road: plans[0]?.road, nameOf}
  }

  const makeBus = async (Name: string) =>
    (await clients.eventBridge()).send(new CreateEventBusCommand({Name}))

  const makeRule = async (Name: string, pattern: string, EventBusName = 'usage') =>
    (await clients.eventBridge()).send(new PutRuleCommand({Name, EventBusName, EventPattern: pattern}))

  async function makeStream(DeliveryStreamName: string, bucket: string): Promise<void> {
    const ExtendedS3DestinationConfiguration = {
      RoleARN: 'arn:aws:iam::000000000000:role/theirs',
      BucketARN: `arn:aws:s3:::${bucket}`,
    }
    const input = {DeliveryStreamName, ExtendedS3DestinationConfiguration}
    await (await clients.firehose()).send(new CreateDeliveryStreamCommand(input))
  }

  it('are none in an account with nothing in it, and none about a road that is bound', async () => {
    const first = await plan([])
    await account.bind({})
    await makeBus('orders')
    await makeStream('orders', 'orders')
    const second = await plan([])

    expect([...first.asker.asked, ...second.asker.asked]).toEqual([])
    expect(second.changes.filter(({action}) => action !== 'keep')).toEqual([])
  })

  it('ask for the bus where there are others, and take the one that is planned', async () => {
    await makeBus('orders')

    const kept = await plan([enter])
    expect(kept.asker.asked).toEqual(['Bus usage is not there. Which bus are usage events sent to?'])
    expect(kept.asker.offered).toEqual(['usage, which is made', 'orders', 'default'])
    expect(kept.asker.heard).toEqual([])
    expect(kept.nameOf('bus')).toBe('usage')

    const moved = await plan(['orders'])
    expect(moved.changes[0]).toMatchObject({action: 'keep', resource: 'bus', name: 'orders'})
    expect(moved.asker.heard).toEqual(['The same without questions: --bus orders'])
  })

  it('ask for the rule where others match usage events, and leave its pattern', async () => {
    const theirs = '{"source":["my-applications"]}'
    await makeBus('usage')
    await makeRule('by-hand', theirs)
    await makeRule('of-others', '{"source":["orders"]}')

    const {asker, changes, road} = await plan(['by-hand'])

    expect(asker.offered).toEqual(['api-usage, which is made', 'by-hand'])
    expect(road?.rule).toMatchObject({name: 'by-hand', pattern: theirs})
    expect(changes.find(({resource}) => resource === 'rule')).toMatchObject({action: 'keep'})
    expect(asker.heard).toEqual([`The same without questions: --rule by-hand --pattern '${theirs}'`])
    expect((await plan(['by-hand'], [], {pattern: '{"source":["x"]}'})).road?.rule.pattern).toBe(
      settings.pattern,
    )
  })

  it('ask for the target where the rule or the account has some', async () => {
    const events = await clients.eventBridge()
    await makeBus('usage')
    await makeRule('api-usage', settings.pattern)
    await (await clients.sqs()).send(new CreateQueueCommand({QueueName: 'audit'}))
    const Targets = [{Id: 'q', Arn: arnOf('sqs', 'audit')}]
    await events.send(new PutTargetsCommand({Rule: 'api-usage', EventBusName: 'usage', Targets}))
    await makeStream('orders', 'orders-bucket')

    const toQueue = await plan([arnOf('sqs', 'audit')])
    expect(toQueue.asker.asked).toEqual(['Where is rule api-usage to send usage events?'])
    expect(toQueue.asker.offered).toEqual([
      'delivery stream usage-events, which is made with its bucket and tables',
      'queue audit',
      'delivery stream orders',
      'something else, by its ARN',
    ])
    expect(toQueue.asker.heard).toEqual([`The same without questions: --target ${arnOf('sqs', 'audit')}`])
    expect(toQueue.nameOf('stream')).toBeUndefined()

    const toStream = await plan([arnOf('firehose', 'deliverystream/orders')])
    expect(toStream.nameOf('stream')).toBe('orders')
    expect(toStream.nameOf('bucket')).toBe('orders-bucket')
    expect(toStream.asker.heard).toEqual([
      'The same without questions: --firehose orders --bucket orders-bucket',
    ])
    const elsewhere = await plan([arnOf('firehose', 'deliverystream/orders')], ['bucket'])
    expect(elsewhere.nameOf('bucket')).toBe(settings.bucket)

    const byArn = await plan(['arn', 'nonsense', 'arn:aws:sqs:eu-west-1:9:q', arnOf('sqs', 'audit')])
    expect(byArn.asker.heard).toEqual([
      '"nonsense" is not an ARN.',
      'arn:aws:sqs:eu-west-1:9:q is not in account 000000000000 and region eu-west-1, where the rule is.',
      `The same without questions: --target ${arnOf('sqs', 'audit')}`,
    ])
  })

  it('follow one another: the rules are those of the bus that was chosen', async () => {
    await makeBus('orders')
    await makeRule('by-hand', settings.pattern, 'orders')
    await makeStream('orders', 'orders-bucket')

    const {asker, nameOf} = await plan(['orders', 'by-hand', arnOf('firehose', 'deliverystream/orders')])

    expect(asker.asked).toHaveLength(3)
    expect([nameOf('bus'), nameOf('rule'), nameOf('stream')]).toEqual(['orders', 'by-hand', 'orders'])
  })

  it('are none about what somebody said', async () => {
    await makeBus('orders')
    await makeStream('orders', 'orders')

    const bySettings = await plan([], ['bus', 'stream'])
    const byWords = await plan([], [], {bus: 'usage', firehose: 'usage-events'})
    const byName = openOf({name: 'calls', all: false}, new Set(), {})

    expect([...bySettings.asker.asked, ...byWords.asker.asked]).toEqual([])
    expect(Object.values(byName)).not.toContain(true)
  })
})
