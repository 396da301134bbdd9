import {chooseBindings} from '../../../src/lib/binding/choose-bindings'
import {settings} from './_settings'

const configured = [
  {name: 'calls', dlq: 'calls-dlq'},
  {
    name: 'checkout',
    rule: 'checkout',
    firehose: 'checkout-events',
    pattern: {detail: {feature: ['checkout']}},
  },
]
const choose = (choice: {name?: string; all?: boolean}, flags = {}): ReturnType<typeof chooseBindings> =>
  chooseBindings(settings, configured, {name: choice.name, all: choice.all ?? false}, flags)

describe('chooseBindings', () => {
  it('binds what the settings and flags say where no name is given', () => {
    expect(choose({}, {dlq: 'usage-dlq'})).toEqual([{...settings, dlq: 'usage-dlq'}])
  })

  it('lays the named binding over the settings', () => {
    expect(choose({name: 'checkout'})).toEqual([
      {
        ...settings,
        rule: 'checkout',
        stream: 'checkout-events',
        pattern: '{"detail":{"feature":["checkout"]}}',
        dlq: undefined,
      },
    ])
  })

  it('takes all bindings in their order', () => {
    expect(choose({all: true}).map((one) => one.rule)).toEqual(['api-usage', 'checkout'])
  })

  it('lets a flag win over the binding', () => {
    expect(choose({name: 'checkout'}, {rule: 'other'})[0]?.rule).toBe('other')
  })

  it('lets a target given as a flag win over the stream of the binding', () => {
    const target = 'arn:aws:firehose:eu-west-1:111122223333:deliverystream/other-events'

    expect(choose({name: 'checkout'}, {target})[0]?.stream).toBe('other-events')
  })

  it('names the bindings there are where the asked-for one is missing', () => {
    expect(() => choose({name: 'nope'})).toThrow(
      expect.objectContaining({kind: 'absent', code: 'BINDING_UNKNOWN', hint: 'It has: calls, checkout.'}),
    )
  })

  it('refuses a name together with --all', () => {
    expect(() => choose({name: 'calls', all: true})).toThrow(expect.objectContaining({kind: 'usage'}))
  })

  it('takes options of the binding, a flag before them, and tags of all', () => {
    const binding = {name: 'calls', retryAttempts: 5, archiveDays: 30, tags: {team: 'a', stage: 'b'}}
    const words = {retryAttempts: 6, tags: {team: 'c'}}

    const [one] = chooseBindings(
      {...settings, tags: {cost: 'd', team: 'e'}},
      [binding],
      {name: 'calls', all: false},
      words,
    )
    expect(one).toMatchObject({
      retryAttempts: 6,
      archiveDays: 30,
      tags: {cost: 'd', team: 'c', stage: 'b'},
    })
  })

  it('takes what is sent as one choice', () => {
    const binding = {name: 'calls', inputTemplate: '{"a":<a>}', inputMap: {a: '$.id'}}

    const [one] = chooseBindings(settings, [binding], {name: 'calls', all: false}, {inputPath: '$.detail'})
    expect(one).toMatchObject({inputPath: '$.detail', inputTemplate: undefined, inputMap: undefined})
  })

  it('takes a target that is no delivery stream by its ARN, and a flag before it', () => {
    const target = 'arn:aws:sqs:eu-west-1:111122223333:audit'
    const binding = {name: 'audit', target}
    const choice = {name: 'audit', all: false}

    expect(chooseBindings(settings, [binding], choice, {})[0]).toMatchObject({targetArn: target})
    expect(chooseBindings(settings, [binding], choice, {firehose: 'other'})[0]).toMatchObject({
      stream: 'other',
      targetArn: undefined,
    })
  })
})
