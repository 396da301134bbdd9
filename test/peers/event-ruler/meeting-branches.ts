import {one, scalar, text} from './json'
import type {Json, Member} from './json'
import type {Draft} from './samples'
import type {Random} from './random'

/** A value, and the ways to ask for it. */
interface Choice {
  value: Json | undefined
  tests: readonly Json[]
}

const absent: Choice = {value: undefined, tests: [one('exists', scalar('false'))]}

function numeric(...operands: readonly (string | number)[]): Json {
  const items = operands.map((operand) =>
    typeof operand === 'string' ? text(operand) : scalar(String(operand)),
  )
  return one('numeric', {items})
}

const but = (value: Json): Json => one('anything-but', value)

/** What a field is asked for. The library finds all alternatives of one list again that it has. */
const fields: readonly (readonly Choice[])[] = [
  [
    {value: text('x'), tests: [text('x'), one('exactly', text('x')), but(text('y'))]},
    {value: text('xy'), tests: [text('xy'), one('prefix', text('x')), one('suffix', text('y'))]},
    {
      value: text('y'),
      tests: [text('y'), but({items: [text('x'), text('z')]}), but({items: [text('z'), text('x')]})],
    },
    {value: scalar('null'), tests: [scalar('null'), one('exists', scalar('true'))]},
    absent,
  ],
  [
    {value: scalar('1'), tests: [scalar('1'), scalar('1.0'), numeric('=', 1)]},
    {value: scalar('2e0'), tests: [scalar('2'), scalar('2e0'), text('2')]},
    {value: text('1'), tests: [text('1'), one('prefix', text('1'))]},
    {value: scalar('300'), tests: [scalar('300'), numeric('=', 300), but(scalar('1'))]},
    absent,
  ],
  [
    {value: scalar('5'), tests: [numeric('>', 0, '<', 9), numeric('>', 0.0, '<', 9), numeric('=', 5)]},
    {value: scalar('-5'), tests: [numeric('<', 0), numeric('<', -1), numeric('>=', -9, '<=', 0)]},
    {value: scalar('99'), tests: [numeric('>', 9), numeric('=', 99), numeric('>=', 9)]},
    absent,
  ],
  [
    {value: text('10.0.0.1'), tests: [text('10.0.0.1'), text('10.0.0.01'), one('cidr', text('10.0.0.0/24'))]},
    {
      value: text('10.0.1.1'),
      tests: [text('10.0.1.1'), one('cidr', text('10.0.0.0/16')), one('cidr', text('10.0.9.9/16'))],
    },
    {value: text('x'), tests: [text('x'), one('exists', scalar('true'))]},
  ],
  [
    {
      value: text('Ab'),
      tests: [one('equals-ignore-case', text('ab')), one('equals-ignore-case', text('AB'))],
    },
    {
      value: text('b'),
      tests: [
        one('prefix', one('equals-ignore-case', text('b'))),
        but(one('equals-ignore-case', text('ab'))),
      ],
    },
    absent,
  ],
]

type Part = readonly [name: string, choices: readonly Choice[]]

/** Some alternatives of a field. */
function testsOf(random: Random, choices: readonly Choice[]): Json {
  return {items: random.list(1, 3, () => random.pick(random.pick(choices).tests))}
}

function objectOf(random: Random, parts: readonly Part[]): Json {
  return {members: random.shuffled(parts).map(([name, choices]) => ({name, value: testsOf(random, choices)}))}
}

/** Branches that mostly name the same fields, of which one or two may be asked for outside of them. */
export function meetingBranches(random: Random): Draft {
  const parts = ['a', 'b', 'c']
    .slice(0, random.pick([1, 2, 2, 3]))
    .map((name): Part => [name, random.pick(fields)])
  const shared = parts.length > 1 && random.chance(0.3) ? parts.slice(0, 1) : []
  const own = parts.slice(shared.length)
  const branches = random.list(2, 5, () => objectOf(random, random.chance(0.1) ? own.slice(0, 1) : own))
  const or: Member = {name: '$or', value: {items: branches}}
  const siblings = shared.map(([name, choices]): Member => ({name, value: testsOf(random, choices)}))
  const members = parts.flatMap(([name, choices]): Member[] => {
    const {value} = random.pick(choices)
    return value === undefined ? [] : [{name, value: random.chance(0.1) ? {items: [value]} : value}]
  })
  return {pattern: {members: random.shuffled([or, ...siblings])}, event: {members}}
}
