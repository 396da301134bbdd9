import type {Json} from './json'
import type {Random} from './random'
import {nearScalar} from './scalars'
import type {Alphabet} from './scalars'

/** One alternative of a field, a value that it should hold for, and one close to that; undefined where there is to be no field. */
export interface Operand {
  test: Json
  hit: Json | undefined
  near: Json | undefined
}

export type Operator = (random: Random) => Operand

/** A scalar as it is written; `null` for what is none. */
export function written(json: Json): string {
  return 'scalar' in json ? json.scalar : 'null'
}

/** A scalar close to another. */
export function near(random: Random, hit: Json, alphabet?: Alphabet): Json {
  return nearScalar(random, written(hit), alphabet)
}
