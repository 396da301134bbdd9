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
})
