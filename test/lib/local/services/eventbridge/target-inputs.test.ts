import {
  PutRuleCommand,
  PutTargetsCommand,
  ListTargetsByRuleCommand,
  type Target,
} from '@aws-sdk/client-eventbridge'
import {discard, testEndpoint, type TestEndpoint} from '../../../../_helpers/endpoint'
import {queueArn, Road} from './road'

describe('inputs of targets', () => {
  let endpoint: TestEndpoint
  let road: Road

  beforeEach(async () => {
    endpoint = await testEndpoint()
    road = new Road(endpoint)
  })

  afterEach(() => discard(endpoint))

  const Arn = queueArn('got')

  it('give each target of a rule what it asks for, on one queue', async () => {
    await road.queue('got')
    await road.rule('r', [
      {Id: 'whole', Arn},
      {Id: 'constant', Arn, Input: '{"static":true}'},
      {Id: 'path', Arn, InputPath: '$.detail'},
      {
        ...{Id: 'template', Arn},
        InputTransformer: {
          InputPathsMap: {n: '$.detail.n'},
          InputTemplate: '{"rule":<aws.events.rule-name>,"n":<n>}',
        },
      },
    ])

    const id = await road.put({Detail: '{"n":1.50}'})

    const bodies = await road.bodies('got')
    expect(bodies.filter((text) => !text.includes(id)).sort()).toEqual([
      '{"n":1.50}',
      '{"rule":"r","n":1.50}',
      '{"static":true}',
    ])
    expect(bodies).toHaveLength(4)
  })

  it('are listed as they were put', async () => {
    const target: Target = {
      Id: 't',
      Arn,
      InputTransformer: {InputPathsMap: {a: '$.id'}, InputTemplate: '"<a>"'},
    }
    await road.rule('r', [target])

    const {Targets} = await road.events.send(new ListTargetsByRuleCommand({Rule: 'r'}))

    expect(Targets).toEqual([target])
  })

  it('send the event itself to the dead-letter queue where the template makes no JSON, and deliver the others', async () => {
    await road.queue('got')
    const dead = await road.queue('dead')
    await road.rule('r', [
      {
        ...{Id: 't', Arn, DeadLetterConfig: {Arn: dead}},
        InputTransformer: {InputPathsMap: {v: '$.detail.v'}, InputTemplate: '{"text":"<v>"}'},
      },
    ])

    await road.put({Detail: '{"v":"first"}'})
    const id = await road.put({Detail: '{"v":{"a":1}}'})
    await road.put({Detail: '{"v":"last"}'})

    expect((await road.bodies('got')).sort()).toEqual(['{"text":"first"}', '{"text":"last"}'])
    const [letter] = await road.messages('dead')
    expect(JSON.parse(letter?.Body ?? '')).toMatchObject({id, detail: {v: {a: 1}}})
    expect(letter?.MessageAttributes?.['ERROR_CODE']?.StringValue).toBe('INVALID_JSON')
    expect(letter?.MessageAttributes?.['RETRY_ATTEMPTS']).toBeUndefined()
    expect(letter?.MessageAttributes?.['TARGET_ARN']?.StringValue).toBe(Arn)
  })

  it('say in the log that an event without a dead-letter queue is gone', async () => {
    await road.queue('got')
    await road.rule('r', [{Id: 't', Arn, InputTransformer: {InputTemplate: 'no quotes'}}])

    await road.put()

    expect(await road.bodies('got')).toEqual([])
    expect(endpoint.logged).toContainEqual(expect.stringMatching(/not delivered to .*:got \(INVALID_JSON\)/))
  })

  const transformer = (InputTemplate: string, InputPathsMap?: Record<string, string>) => ({
    InputTransformer: {InputTemplate, ...(InputPathsMap ? {InputPathsMap} : {})},
  })

  it.each<[Partial<Target>, string]>([
    [
      {Input: '{}', InputPath: '$'},
      'Only one of Input, InputPath, or InputTransformer must be provided for target t.',
    ],
    [{Input: '{"a":'}, 'JSON syntax error in input for target t.'],
    [{InputPath: 'detail'}, 'InputPath for target t is invalid.'],
    [{InputPath: "$['detail']"}, 'InputPath for target t is invalid.'],
    [transformer('"<a>"', {a: "$['a']"}), 'InputPath for target t is invalid.'],
    [transformer('"<a>"'), 'InputTemplate for target t contains invalid placeholder a.'],
    [
      transformer('"<aws.events.event.json>"'),
      'InputTemplate for target t contains placeholder aws.events.event.json valid only for JSON template.',
    ],
    [
      transformer('[<aws.events.event.json>]'),
      'InputTemplate for target t contains placeholder aws.events.event.json valid only for JSON template.',
    ],
    [
      transformer('{<a>:1}', {a: '$.id'}),
      'A placeholder as a key in the InputTemplate of target t is not supported by this local endpoint. See docs/local-endpoint.md for what is.',
    ],
    [
      transformer('{"<a>" : 1}', {a: '$.id'}),
      'A placeholder as a key in the InputTemplate of target t is not supported by this local endpoint. See docs/local-endpoint.md for what is.',
    ],
    [
      transformer('"x"', {'aws.events.mine': '$.id'}),
      "1 validation error detected: Value 'aws.events.mine' at 'targets.1.member.inputTransformer.inputPathsMap' failed to satisfy constraint: Member must satisfy regular expression pattern: [A-Za-z0-9\\-_]+",
    ],
  ])('are refused when they are put: %j', async (members, message) => {
    await road.events.send(new PutRuleCommand({Name: 'r', EventPattern: '{"source":["shop"]}'}))

    await expect(
      road.events.send(new PutTargetsCommand({Rule: 'r', Targets: [{Id: 't', Arn, ...members}]})),
    ).rejects.toMatchObject({name: 'ValidationException', message})
  })

  it.each([{Input: '1'}, {InputPath: '$'}, {InputPath: '$.a[0]'}, transformer('{"a":"<v>"}', {v: '$.a.*'})])(
    'are taken: %j',
    async (members) => {
      await expect(road.rule('r', [{Id: 't', Arn, ...members}])).resolves.toBeUndefined()
    },
  )
})
