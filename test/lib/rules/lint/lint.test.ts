import {parsePattern} from '../../../../src/lib/pattern/parse-pattern'
import {envelopeShape} from '../../../../src/lib/pattern/solve/event-shape'
import {RuleSet} from '../../../../src/lib/pattern/rule-set'
import type {Finding} from '../../../../src/lib/rules/lint/finding'
import {lintBus} from '../../../../src/lib/rules/lint/lint-bus'
import {lintPattern} from '../../../../src/lib/rules/lint/lint-pattern'
import {findLoops} from '../../../../src/lib/rules/lint/loops'
import {findOverlaps} from '../../../../src/lib/rules/lint/overlaps'
import type {ReadRule} from '../../../../src/lib/rules/lint/read-rule'

const start = 'arn:aws:events:eu-west-1:000000000000'
const stream = 'arn:aws:firehose:eu-west-1:000000000000:deliverystream/usage-events'
const busArn = (name: string) => `${start}:event-bus/${name}`

function rule(name: string, pattern: object, targetArns: string[], bus = 'usage'): ReadRule {
  return {
    name,
    bus,
    arn: `${start}:rule/${bus}/${name}`,
    enabled: true,
    targetArns,
    pattern: parsePattern(JSON.stringify(pattern)),
  }
}

const lint = (text: string) => lintPattern(['rule'], text, () => envelopeShape).findings
/** Whether the event that shows a finding matches all of the rules. */
const matches = (finding: Finding | undefined, rules: ReadRule[]) =>
  RuleSet.compile(rules.map(({name, pattern}) => ({key: name, pattern}))).match(
    JSON.stringify(finding?.event),
  )

describe('a pattern by itself', () => {
  it('that is sound has no findings', () => {
    expect(lint('{"source":["my-applications"],"detail":{"response":{"status":[200]}}}')).toEqual([])
  })

  it('that EventBridge refuses is invalid, with its place', () => {
    expect(lint('{\n "source": "a"\n}')).toEqual([
      expect.objectContaining({kind: 'invalid', severity: 'error', path: 'source', line: 2, column: 12}),
    ])
  })

  it('that is too long is invalid', () => {
    expect(lint(JSON.stringify({source: ['a'.repeat(2_048)]}))).toMatchObject([{kind: 'invalid'}])
  })

  it('that asks for a field that no event has is dead', () => {
    expect(lint('{"detailType":["a"]}')).toMatchObject([
      {kind: 'dead', severity: 'error', path: 'detailType'},
    ])
  })

  it('that asks of the account to be a number is dead', () => {
    expect(lint('{"source":["a"],"account":[123456789012]}')).toMatchObject([{kind: 'dead', path: 'account'}])
  })

  it('that asks of the detail itself to be there is dead', () => {
    expect(lint('{"detail":[{"exists":true}]}')).toMatchObject([{kind: 'dead', path: 'detail'}])
  })

  it('of which an alternative does nothing is warned of', () => {
    expect(lint('{"source":["abc",{"prefix":"a"}]}')).toMatchObject([
      {kind: 'covered', severity: 'warning', path: 'source'},
    ])
  })
})

describe('a branch of $or that EventBridge forgets', () => {
  const first = {'detail-type': ['call'], detail: {status: [500]}}
  const text = (...branches: object[]) => JSON.stringify({source: ['a'], $or: branches}, undefined, 1)
  const isMatched = (pattern: string, event: unknown) =>
    RuleSet.compile([{key: 0, pattern: parsePattern(pattern)}]).match(JSON.stringify(event)).length === 1

  it('is warned of, with its place, an event that the rule misses, and the remedy', () => {
    const pattern = text(first, {...first, detail: {status: [500, 404]}})
    const [finding] = lint(pattern)

    expect(finding).toEqual({
      kind: 'lost-branch',
      severity: 'warning',
      rules: ['rule'],
      path: 'detail.status',
      line: 21,
      column: 15,
      message:
        'EventBridge takes the branch of $or (line 21, column 15) for an earlier one (line 11, column 15) that names the same ' +
        'fields with an alternative in common in each, and forgets it. The rule misses what only that branch matches.',
      hint: 'Make one branch of the two, with the alternatives of both in detail.status.',
      event: expect.objectContaining({source: 'a', 'detail-type': 'call', detail: {status: 404}}),
    })
    expect(isMatched(pattern, finding?.event)).toBe(false)
    const merged = JSON.stringify({source: ['a'], ...first, detail: {status: [500, 404]}})
    expect(isMatched(merged, finding?.event)).toBe(true)
  })

  it('is mended by a field more that no event has, where the two differ in several fields', () => {
    const second = {'detail-type': ['call', 'visit'], detail: {status: [500, 404]}}
    const [finding] = lint(text(first, second))

    expect(finding?.hint).toBe(
      'Give the branch one field more that no event has, under a name of its own: "branch 2": [{"exists": false}].',
    )
    const mended = text(first, {...second, 'branch 2': [{exists: false}]})
    expect(isMatched(mended, finding?.event)).toBe(true)
    expect(lint(mended).filter(({kind}) => kind === 'lost-branch')).toEqual([])
  })

  it('is said to be in doubt where EventBridge keeps it or not by chance', () => {
    const pattern = text(first, {...first, detail: {status: [404, 500]}})
    const [finding] = lint(pattern)

    expect(finding?.message).toContain('EventBridge may take the branch')
    expect(finding?.message).toContain('The rule would miss what only that branch matches.')
    expect(isMatched(JSON.stringify(first), finding?.event)).toBe(false)
  })

  it('that adds nothing had better be left out', () => {
    const [finding] = lint(text(first, first))

    expect(finding).toMatchObject({kind: 'lost-branch', hint: 'Leave the branch out.'})
    expect(finding).not.toHaveProperty('event')
  })

  it('is warned of where the branch for which it is taken is dead', () => {
    const dead = {account: [1], detail: {status: [500]}}
    const kinds = lint(text(dead, {account: [1, '000000000000'], detail: {status: [500]}})).map(
      ({kind}) => kind,
    )

    expect(kinds).toContain('dead')
    expect(kinds).toContain('lost-branch')
  })
})

describe('rules that send to one target', () => {
  const errors = rule('errors', {detail: {status: [{numeric: ['>=', 500]}]}}, [stream])
  const checkout = rule('checkout', {detail: {service: ['checkout']}}, [stream])

  it('overlap where an event can match both, and the event is shown', () => {
    const findings = findOverlaps([errors, checkout], envelopeShape)

    expect(findings).toMatchObject([{kind: 'overlap', rules: ['errors', 'checkout'], target: stream}])
    expect(matches(findings[0], [errors, checkout])).toEqual(['errors', 'checkout'])
  })

  it('do not overlap where no event can match both', () => {
    const fine = rule('fine', {detail: {status: [{numeric: ['<', 500]}]}}, [stream])

    expect(findOverlaps([errors, fine], envelopeShape)).toEqual([])
  })

  it('do not overlap where they send to different targets', () => {
    expect(findOverlaps([errors, {...checkout, targetArns: [busArn('other')]}], envelopeShape)).toEqual([])
  })

  it('overlap with themselves where a target is named twice', () => {
    expect(findOverlaps([{...errors, targetArns: [stream, stream]}], envelopeShape)).toMatchObject([
      {kind: 'overlap', rules: ['errors'], target: stream},
    ])
  })
})

describe('rules that send to buses', () => {
  const loops = (rules: ReadRule[]) =>
    findLoops('usage', async (bus) => rules.filter((one) => one.bus === bus), envelopeShape)

  it('loop where the target is the bus that the rule reads', async () => {
    const own = rule('own', {source: ['a']}, [busArn('usage')])
    const findings = await loops([own])

    expect(findings).toMatchObject([{kind: 'loop', severity: 'error', rules: ['own']}])
    expect(matches(findings[0], [own])).toEqual(['own'])
  })

  it('loop where an event comes back over other buses', async () => {
    const there = rule('there', {source: ['a']}, [busArn('audit')])
    const back = rule('back', {detail: {n: [1]}}, [busArn('usage')], 'audit')
    const findings = await loops([there, back])

    expect(findings).toMatchObject([{kind: 'loop', rules: ['there', 'back']}])
    expect(findings[0]?.message).toContain('usage -> audit -> usage')
    expect(matches(findings[0], [there, back])).toEqual(['there', 'back'])
  })

  it('do not loop where no event can go all the way', async () => {
    const there = rule('there', {source: ['a']}, [busArn('audit')])
    const back = rule('back', {source: ['b']}, [busArn('usage')], 'audit')

    expect(await loops([there, back])).toEqual([])
  })

  it('do not loop where the bus of that name is in another region', async () => {
    const away = rule('away', {source: ['a']}, ['arn:aws:events:us-east-1:000000000000:event-bus/usage'])

    expect(await loops([away])).toEqual([])
  })

  it('are followed to an end where buses send to each other in many ways', async () => {
    const names = ['usage', 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']
    const mesh = names.flatMap((from) =>
      names.map((to) => rule(`${from}-${to}`, {source: ['x']}, [busArn(to)], from)),
    )
    const findings = await loops(mesh)

    expect(findings.length).toBeLessThanOrEqual(1_001)
    expect(findings.filter(({kind}) => kind === 'undecided')).toHaveLength(1)
  })
})

describe('a bus', () => {
  it('with an enabled rule that has no target is warned of', () => {
    const idle = rule('idle', {source: ['a']}, [])

    expect(lintBus([idle, {...idle, name: 'off', enabled: false}], [])).toMatchObject([
      {kind: 'no-target', severity: 'warning', rules: ['idle']},
    ])
  })

  it('with more rules, wildcard rules and targets than the default quotas is warned of', () => {
    const wild = rule('wild', {source: [{'anything-but': {wildcard: 'a*b'}}]}, Array<string>(6).fill(stream))
    const many = Array.from({length: 301}, () => wild)

    expect(
      lintBus(
        many,
        Array.from({length: 31}, () => wild.pattern),
      ).filter(({kind}) => kind === 'quota'),
    ).toHaveLength(303)
  })
})
