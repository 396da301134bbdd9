import {array, one, scalar, text} from './json'
import type {Json} from './json'
import {near, written} from './operand'
import type {Operand, Operator} from './operand'
import type {Random} from './random'
import {anyCase, anyScalar, nearText, plain, respelled, unicode, word} from './scalars'
import {anyWildcard, joined} from './text-operators'
import type {Affix} from './text-operators'

/** `anything-but` holds for what is near and not for what it names: hit and near change places. */
function butNot(random: Random, test: Json, named: Json, close: Json): Operand {
  return {
    test: one('anything-but', test),
    hit: random.chance(0.8) ? close : anyScalar(random),
    near: random.pick([named, named, named, named, array(named), array(), one('x', named), undefined]),
  }
}

/** `anything-but` one value or a list. */
export function butValue(value: (random: Random) => Json, isList: boolean): Operator {
  return (random) => {
    const values = random.list(1, isList ? 3 : 1, () => value(random))
    const named = random.pick(values)
    const close = near(random, named)
    const string = written(named)
    const same = string.startsWith('"') ? named : scalar(respelled(random, string))
    return butNot(random, isList ? array(...values) : named, same, close)
  }
}

type ButOperator = Affix | 'wildcard' | 'equals-ignore-case'

/** A value that an operator inside `anything-but` names, and a text that it thereby excludes. */
function butOperand(random: Random, name: ButOperator): {value: string; excluded: string} {
  if (name === 'wildcard') {
    const {pattern, value} = anyWildcard(random, plain)
    return {value: pattern, excluded: value}
  }
  const value = word(random, random.chance(0.2) ? unicode : plain, 1, 3)
  if (name === 'equals-ignore-case') return {value, excluded: anyCase(random, value)}
  return {value, excluded: joined(name, value, word(random, plain, 0, 2))}
}

/** `anything-but` with an operator, of one value or a list. */
export function butOperator(name: ButOperator): Operator {
  return (random) => {
    const operands = random.list(1, 3, () => butOperand(random, name))
    const {excluded} = random.pick(operands)
    const values = operands.map(({value}) => text(value))
    const operand = operands.length === 1 && random.chance(0.7) ? values[0] : undefined
    const close = text(nearText(random, excluded))
    return butNot(random, one(name, operand ?? array(...values)), text(excluded), close)
  }
}
