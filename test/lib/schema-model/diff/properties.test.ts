import fc, {runs} from '../../../_helpers/properties'
import {OpError} from '../../../../src/lib/core/errors'
import {makeAjv} from '../../../../src/lib/schema-model/check/ajv'
import {guarded} from '../../../../src/lib/schema-model/check/guarded'
import type {Change} from '../../../../src/lib/schema-model/diff/change'
import {diffSchemas} from '../../../../src/lib/schema-model/diff/diff-schemas'
import {readSchemaDocument, type SchemaDocument} from '../../../../src/lib/schema-model/schema-document'
import {asDocument, pairs, type Parts} from './schemas'
import {anyValue, drawFrom, ValueMaker} from './values-of'

/** What `act` gives, or undefined where it refuses: references that never come to a value, a schema on which the validator fails. */
function unlessRefused<T>(act: () => T): T | undefined {
  try {
    return act()
  } catch (error) {
    if (error instanceof OpError) return undefined
    throw error
  }
}

const $schema = 'https://json-schema.org/draft/2020-12/schema'
const read = (schema: object) => unlessRefused(() => readSchemaDocument({$schema, ...schema}, {name: 'it'}))

/** Values to hold against a claim: made by the one schema, by the other, and any; or only those that say what the first one names. */
function* candidates(
  from: SchemaDocument,
  to: SchemaDocument,
  seed: number,
  isNamed: boolean,
): Generator<unknown> {
  const draw = drawFrom(seed)
  const [maker, other] = [new ValueMaker(from.schema, draw), new ValueMaker(to.schema, draw)]
  for (let i = 0; i < 40; i += 1) {
    yield maker.value()
    if (isNamed) continue
    yield other.value()
    yield anyValue(draw)
  }
}

/** A value that is valid by `from` and not by `to`. */
function counterexample(from: SchemaDocument, to: SchemaDocument, seed: number, isNamed = false): unknown {
  const [before, after] = [from, to].map(({schema}) => makeAjv(schema).compile(schema))
  if (!before || !after) return undefined
  for (const value of candidates(from, to, seed, isNamed)) {
    if (unlessRefused(() => guarded(() => before(value) && !after(value))) === true) return value
  }
  return undefined
}

interface Compared {
  a: SchemaDocument
  b: SchemaDocument
  changes: Change[]
}

/** Reads and compares a pair; one that is refused does not count. */
function compared({old, next}: {old: Parts; next: Parts}): Compared {
  const [a, b] = [read(asDocument(old)), read(asDocument(next))]
  const changes = a && b && unlessRefused(() => diffSchemas(a, b))
  fc.pre(changes !== undefined)
  return {a, b, changes} as Compared
}

const isClaimed = (changes: readonly Change[], side: 'producers' | 'consumers') =>
  changes.every((change) => change[side] === 'safe')

describe('what is said to be safe', () => {
  it('is safe: whatever is valid by the one schema is valid by the other', () => {
    fc.assert(
      fc.property(pairs, fc.nat(), (pair, seed) => {
        const {a, b, changes} = compared(pair)
        const isProvided = changes.some(({provided}) => provided !== undefined)
        const [there, back] = [isClaimed(changes, 'producers'), isClaimed(changes, 'consumers')]
        expect(there ? counterexample(a, b, seed, isProvided) : undefined).toBeUndefined()
        expect(back ? counterexample(b, a, seed) : undefined).toBeUndefined()
      }),
      {numRuns: runs(40, 400)},
    )
  })

  it('of a schema and itself is everything', () => {
    fc.assert(
      fc.property(pairs, ({old}) => {
        const document = read(asDocument(old))
        fc.pre(document !== undefined)
        expect(diffSchemas(document, document)).toEqual([])
      }),
      {numRuns: runs(30, 200)},
    )
  })

  it('is the same with the sides changed', () => {
    fc.assert(
      fc.property(pairs, (pair) => {
        const {a, b, changes: there} = compared(pair)
        const back = diffSchemas(b, a)
        // A member that is gone is told to consumers though its readers may do without it.
        const unsafe = there.filter(({consumers, kind}) => consumers !== 'safe' && kind !== 'removed')
        const isProven = isClaimed(back, 'producers') && back.every(({provided}) => provided === undefined)
        expect(isProven ? unsafe : []).toEqual([])
      }),
      {numRuns: runs(30, 200)},
    )
  })
})
