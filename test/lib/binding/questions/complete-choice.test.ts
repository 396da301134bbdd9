import type {BindingWords, NamedBinding} from '../../../../src/lib/binding/choose-bindings'
import {completeChoice} from '../../../../src/lib/binding/questions/complete-choice'
import {Scripted} from '../../../_helpers/scripted-asker'

const calls: NamedBinding = {name: 'calls', dlq: 'calls-dlq'}
const audit: NamedBinding = {name: 'audit', rule: 'audit', bus: 'orders', firehose: 'audit-events'}
const none = {name: undefined, all: false}

const complete = (configured: NamedBinding[], words: BindingWords = {}, takesAll = true) =>
  completeChoice(none, configured, words, undefined, takesAll)

describe('completeChoice', () => {
  it.each([
    ['a name', {name: 'audit', all: false}, {}],
    ['--all', {name: undefined, all: true}, {}],
    ['a rule', none, {rule: 'other'}],
    ['a target', none, {target: 'arn:aws:sqs:eu-west-1:111122223333:q'}],
  ])('leaves what %s says', async (_what, choice, words) => {
    const nobody = new Scripted([])

    expect(await completeChoice(choice, [calls, audit], words, nobody)).toEqual(choice)
    expect(nobody.asked).toEqual([])
  })

  it('means the road of the settings where the configuration has no bindings', async () => {
    expect(await complete([])).toEqual(none)
  })

  it('means the only one, also with words that say how it is to be', async () => {
    expect(await complete([calls], {dlq: 'other', archiveDays: 3})).toEqual({name: 'calls', all: false})
  })

  it('asks which of several, and takes all of them', async () => {
    const one = new Scripted(['1'])
    const every = new Scripted(['all'])

    expect(await completeChoice(none, [calls, audit], {}, one)).toEqual({name: 'audit', all: false})
    expect(one.asked).toEqual(['Which binding?'])
    expect(one.offered).toEqual(['calls', 'audit', 'all 2 of them'])
    expect(await completeChoice(none, [calls, audit], {}, every)).toEqual({all: true})
  })

  it('does not offer all of them to who takes one', async () => {
    const one = new Scripted(['0'])

    expect(await completeChoice(none, [calls, audit], {}, one, false)).toMatchObject({name: 'calls'})
    expect(one.offered).toEqual(['calls', 'audit'])
  })

  it('names them and the flag where nobody can be asked', async () => {
    await expect(complete([calls, audit])).rejects.toMatchObject({
      kind: 'usage',
      code: 'BINDING_CHOICE',
      hint: 'Name one (calls, audit), give --all, or describe another road (--rule NAME).',
    })
    await expect(complete([calls, audit], {}, false)).rejects.toMatchObject({
      hint: 'Name one (calls, audit), or describe another road (--rule NAME).',
    })
  })
})
