import {one, text} from './json'
import type {Json} from './json'
import {near, written} from './operand'
import type {Operand, Operator} from './operand'
import type {Random} from './random'
import {anyCase, anyScalar, nearText, word} from './scalars'
import type {Alphabet} from './scalars'

/** A text that must be met exactly; `wrap` puts it into an operator. */
export function exactly(alphabet: Alphabet, wrap: (value: Json) => Json): Operator {
  return (random) => {
    const value = text(word(random, alphabet, 0, 4))
    return {test: wrap(value), hit: value, near: near(random, value, alphabet)}
  }
}

export type Affix = 'prefix' | 'suffix'

/** A text with another behind it, or before it. */
export function joined(affix: Affix, value: string, rest: string): string {
  return affix === 'prefix' ? value + rest : rest + value
}

/** A prefix or suffix; `wrap` puts its text into an inner operator. */
export function affixed(
  affix: Affix,
  alphabet: Alphabet,
  wrap: (value: Json) => Json = (value) => value,
): Operator {
  return (random) => {
    const value = word(random, alphabet, random.chance(0.05) ? 0 : 1, 4)
    const rest = word(random, alphabet, 0, 3)
    const other = text(joined(affix, nearText(random, value, alphabet), rest))
    return {
      test: one(affix, wrap(text(value))),
      hit: text(joined(affix, value, rest)),
      near: random.chance(0.1) ? near(random, text(value)) : other,
    }
  }
}

/** With the quote that the library puts around a string in the pattern as well. */
export function quotedAffix(random: Random): Operand {
  const affix = random.pick(['prefix', 'suffix'] as const)
  const value = word(random, ['a', 'b', '"'], 0, 3)
  const folds = random.chance(0.4)
  const quoted = text(joined(affix, value, '"'))
  const whole = random.pick([value, joined(affix, value, '"'), joined(affix, value, '"a')])
  return {
    test: one(affix, folds ? one('equals-ignore-case', quoted) : quoted),
    hit: text(folds ? anyCase(random, whole) : whole),
    near: text(nearText(random, value, ['a', 'b', '"'])),
  }
}

/** A prefix or suffix in either case. */
export function foldedAffix(affix: Affix, alphabet: Alphabet): Operator {
  return (random) => {
    const operand = affixed(affix, alphabet, (value) => one('equals-ignore-case', value))(random)
    return {...operand, hit: recased(random, operand.hit), near: recased(random, operand.near)}
  }
}

function recased(random: Random, json: Json | undefined): Json | undefined {
  const string = json === undefined ? '' : written(json)
  return string.startsWith('"') ? text(anyCase(random, JSON.parse(string) as string)) : json
}

/** A text in either case. */
export function equalsIgnoreCase(alphabet: Alphabet): Operator {
  return (random) => {
    const value = text(word(random, alphabet, 0, 4))
    const other = random.chance(0.8) ? near(random, value, alphabet) : anyScalar(random)
    return {
      test: one('equals-ignore-case', value),
      hit: recased(random, value),
      near: recased(random, other),
    }
  }
}

interface Wildcard {
  pattern: string
  /** A text that it matches. */
  value: string
}

/** A wildcard with up to three stars, whose complexity stays within what EventBridge takes. */
export function anyWildcard(random: Random, alphabet: Alphabet): Wildcard {
  const literals = random.list(1, 4, () => word(random, alphabet, 0, 2))
  const kept = literals.filter((value, at) => value !== '' || at === 0 || at === literals.length - 1)
  const gaps = kept.slice(1).map(() => word(random, alphabet, 0, 3))
  return {
    pattern: kept.map((value) => value.replace(/[\\*]/g, '\\$&')).join('*'),
    value: kept.map((value, at) => value + (gaps[at] ?? '')).join(''),
  }
}

/** A wildcard of some characters. */
export function wildcard(alphabet: Alphabet): Operator {
  return (random) => {
    const {pattern, value} = anyWildcard(random, alphabet)
    const closer = random.pick([nearText(random, value, alphabet), nearText(random, pattern, alphabet)])
    return {
      test: one('wildcard', text(pattern)),
      hit: text(value),
      near: random.chance(0.1) ? anyScalar(random) : text(closer),
    }
  }
}
