import {diffSchemas} from '../../../../src/lib/schema-model/diff/diff-schemas'
import {readSchemaDocument} from '../../../../src/lib/schema-model/schema-document'
import {runs} from '../../../_helpers/runs'

const $schema = 'https://json-schema.org/draft/2020-12/schema'
const documentOf = (schema: object) => readSchemaDocument({$schema, ...schema}, {name: 'it'})

/** `path kind: producers consumers`, in the order in which they are told. */
function told(old: object, next: object): string[] {
  return diffSchemas(documentOf(old), documentOf(next)).map(
    ({path, kind, producers, consumers}) => `${path} ${kind}: ${producers} ${consumers}`,
  )
}

const object = (properties: object, more: object = {}) => ({type: 'object', properties, ...more})
const string = {type: 'string'}
const integer = {type: 'integer'}
const number = {type: 'number'}

describe('one change', () => {
  it.each<[what: string, old: object, next: object, changes: string[]]>([
    ['nothing', object({a: string}), object({a: {...string}}), []],
    ['the order of keys', {type: 'object', required: ['a', 'b']}, {required: ['b', 'a'], type: 'object'}, []],
    [
      'a description',
      {...string, description: 'x'},
      {...string, description: 'y'},
      ['$ description: safe safe'],
    ],
    ['integer to number', object({a: integer}), object({a: number}), ['a type: safe breaking']],
    ['number to integer', object({a: number}), object({a: integer}), ['a type: breaking safe']],
    ['string to integer', object({a: string}), object({a: integer}), ['a type: breaking breaking']],
    ['null allowed', object({a: string}), object({a: {type: ['string', 'null']}}), ['a type: safe breaking']],
    [
      'null forbidden',
      object({a: {type: ['string', 'null']}}),
      object({a: string}),
      ['a type: breaking safe'],
    ],
    ['null in another form', {anyOf: [string, {type: 'null'}]}, {type: ['string', 'null']}, []],
    ['an optional member more', object({}), object({a: string}), ['a added: safe safe']],
    [
      'a required member more',
      object({}),
      object({a: string}, {required: ['a']}),
      ['a added: breaking safe'],
    ],
    ['an optional member less', object({a: string}), object({}), ['a removed: safe may-break']],
    [
      'a required member less',
      object({a: string}, {required: ['a']}),
      object({}),
      ['a removed: safe breaking'],
    ],
    [
      'a member more where no others are allowed',
      object({}, {additionalProperties: false}),
      object({a: string}, {additionalProperties: false}),
      ['a added: safe breaking'],
    ],
    [
      'a member less where no others are allowed',
      object({a: string}, {additionalProperties: false}),
      object({}, {additionalProperties: false}),
      ['a removed: breaking may-break'],
    ],
    [
      'a member that a map held before',
      object({}, {additionalProperties: integer}),
      object({a: number}, {additionalProperties: integer}),
      ['a type: safe breaking', 'a added: safe safe'],
    ],
    ['required', object({a: string}), object({a: string}, {required: ['a']}), ['a required: breaking safe']],
    [
      'no longer required',
      object({a: string}, {required: ['a']}),
      object({a: string}),
      ['a required: safe breaking'],
    ],
    [
      'other members forbidden',
      object({a: string}),
      object({a: string}, {additionalProperties: false}),
      ['* type: breaking safe'],
    ],
    [
      'other members allowed',
      object({a: string}, {additionalProperties: false}),
      object({a: string}),
      ['* type: safe breaking'],
    ],
    [
      'the values of a map',
      {type: 'object', additionalProperties: integer},
      {type: 'object', additionalProperties: string},
      ['* type: breaking breaking'],
    ],
    ['a value more', {enum: ['a']}, {enum: ['a', 'b']}, ['$ enum: safe breaking']],
    ['a value less', {enum: ['a', 'b']}, {enum: ['a']}, ['$ enum: breaking safe']],
    ['another value', {const: 'a'}, {const: 'b'}, ['$ enum: breaking breaking']],
    ['any value', {...string, enum: ['a']}, string, ['$ enum: safe breaking']],
    ['listed values alone', string, {...string, enum: ['a']}, ['$ enum: breaking safe']],
    ['both booleans listed', {type: 'boolean'}, {enum: [true, false]}, []],
    ['listed values of another kind', {enum: [1, 2]}, {enum: ['1', '2']}, ['$ type: breaking breaking']],
    ['listed values within bounds', {enum: [1, 2]}, {...integer, minimum: 0}, ['$ enum: safe breaking']],
    ['listed values out of bounds', {enum: [1, 2]}, {...integer, minimum: 2}, ['$ enum: breaking breaking']],
    ['a format more', string, {...string, format: 'date-time'}, ['$ format: breaking safe']],
    ['a format less', {...string, format: 'date-time'}, string, ['$ format: safe breaking']],
    [
      'another format',
      {...string, format: 'date'},
      {...string, format: 'uuid'},
      ['$ format: breaking breaking'],
    ],
    ['a format that nobody checks', string, {...string, format: 'colour'}, ['$ format: may-break safe']],
    [
      'int32 to int64',
      {...integer, format: 'int32'},
      {...integer, format: 'int64'},
      ['$ format: safe breaking'],
    ],
    ['a double', number, {...number, format: 'double'}, ['$ format: safe safe']],
    ['a lower minimum', {...integer, minimum: 5}, {...integer, minimum: 1}, ['$ minimum: safe breaking']],
    ['a higher minimum', {...number, minimum: 1}, {...number, minimum: 1.5}, ['$ minimum: breaking safe']],
    [
      'an exclusive minimum',
      {...number, minimum: 1},
      {...number, exclusiveMinimum: 1},
      ['$ minimum: breaking safe'],
    ],
    ['the same minimum of integers', {...integer, minimum: 1}, {...integer, exclusiveMinimum: 0}, []],
    ['a maximum more', integer, {...integer, maximum: 9}, ['$ maximum: breaking safe']],
    [
      'a multiple',
      {...integer, multipleOf: 10},
      {...integer, multipleOf: 5},
      ['$ multipleOf: safe may-break'],
    ],
    ['a shorter text', string, {...string, maxLength: 9}, ['$ maxLength: breaking safe']],
    ['a longer text', {...string, minLength: 1}, {...string, minLength: 0}, ['$ minLength: safe breaking']],
    ['a pattern more', string, {...string, pattern: '^a'}, ['$ pattern: breaking safe']],
    [
      'another pattern',
      {...string, pattern: '^ab'},
      {...string, pattern: '^a'},
      ['$ pattern: may-break may-break'],
    ],
    [
      'the elements of an array',
      object({a: {type: 'array', items: integer}}),
      object({a: {type: 'array', items: number}}),
      ['a[] type: safe breaking'],
    ],
    [
      'an element at a position',
      {type: 'array', prefixItems: [integer, string]},
      {type: 'array', prefixItems: [integer, integer]},
      ['$[1] type: breaking breaking'],
    ],
    [
      'more elements',
      {type: 'array', maxItems: 2},
      {type: 'array', maxItems: 3},
      ['$ maxItems: safe breaking'],
    ],
    [
      'distinct elements',
      {type: 'array'},
      {type: 'array', uniqueItems: true},
      ['$ uniqueItems: breaking safe'],
    ],
    [
      'the names of members',
      object({}, {propertyNames: {maxLength: 3}}),
      object({}, {propertyNames: {maxLength: 4}}),
      ['$ (names) maxLength: safe breaking'],
    ],
    [
      'members by pattern',
      {patternProperties: {'^x-': string}},
      {patternProperties: {'^x-': integer}},
      ['/^x-/ type: breaking breaking'],
    ],
    [
      'a condition',
      {...string, not: {const: 'a'}},
      {...string, not: {const: 'b'}},
      ['$ not: may-break may-break'],
    ],
    ['what contains', {type: 'array'}, {type: 'array', contains: string}, ['$ contains: may-break safe']],
  ])('%s', (_what, old, next, changes) => {
    expect(told(old, next)).toEqual(changes)
  })
})

const card = object({kind: {const: 'card'}, number: string}, {required: ['kind']})
const cash = object({kind: {const: 'cash'}, amount: number}, {required: ['kind']})

describe('unions', () => {
  it.each<[what: string, old: object, next: object, changes: string[]]>([
    ['in another order', {oneOf: [card, cash]}, {oneOf: [cash, card]}, []],
    ['as anyOf, where the options exclude each other', {oneOf: [card, cash]}, {anyOf: [card, cash]}, []],
    ['with an option more', {oneOf: [card]}, {oneOf: [card, cash]}, ['$ option-added: safe breaking']],
    ['with an option less', {oneOf: [card, cash]}, {oneOf: [cash]}, ['$ option-removed: breaking safe']],
    [
      'with a change in one option',
      {oneOf: [cash, card]},
      {oneOf: [{...card, properties: {...card.properties, number: integer}}, cash]},
      ['number type: breaking breaking'],
    ],
    ['of kinds, with a kind more', {anyOf: [string]}, {anyOf: [string, integer]}, ['$ type: safe breaking']],
    ['whose option holds another whole', {anyOf: [integer, number]}, number, []],
    [
      'that overlap, and are asked for exactly one',
      {anyOf: [{required: ['a']}, {required: ['b']}], type: 'object'},
      {oneOf: [{required: ['a']}, {required: ['b']}], type: 'object'},
      ['$ oneOf: may-break safe'],
    ],
  ])('%s', (_what, old, next, changes) => {
    expect(told(old, next)).toEqual(changes)
  })
})

describe('an option', () => {
  const named = (...options: string[]) => ({
    oneOf: options.map((name) => ({$ref: `#/$defs/${name}`})),
    $defs: {
      Card: card,
      Cash: {...cash, title: 'in cash'},
      Cheque: object({bank: string}, {required: ['bank']}),
    },
  })

  it.each([
    ['its fixed members', {oneOf: [card, cash]}, 'the option kind=cash is gone'],
    ['its definition', named('Card', 'Cheque'), 'the option Cheque is gone'],
  ])('is called by %s', (_what, old, message) => {
    const next = {...old, oneOf: old.oneOf.slice(0, 1)}

    expect(diffSchemas(documentOf(old), documentOf(next))[0]?.message).toBe(message)
  })
})

describe('references', () => {
  const tree = (value: object) => ({
    $ref: '#/$defs/Node',
    $defs: {
      Node: object({value, children: {type: 'array', items: {$ref: '#/$defs/Node'}}}, {required: ['value']}),
    },
  })

  it('are followed, and a circle ends', () => {
    expect(told(tree(integer), tree(number))).toEqual(['value type: safe breaking'])
  })

  it('may have other names', () => {
    const named = (name: string) => ({
      properties: {a: {$ref: `#/$defs/${name}`}},
      $defs: {[name]: object({b: string})},
    })

    expect(told(named('One'), named('Other'))).toEqual([])
  })

  it('are the same as the schema in their place', () => {
    const inner = object({b: string})

    expect(
      told(object({a: inner}), {...object({a: {$ref: '#/$defs/Inner'}}), $defs: {Inner: inner}}),
    ).toEqual([])
  })

  it('tell a change at every place that leads to it', () => {
    const twice = (inner: object) => ({
      ...object({a: {$ref: '#/$defs/In'}, b: {$ref: '#/$defs/In'}}),
      $defs: {In: inner},
    })

    expect(told(twice(string), twice(integer))).toEqual([
      'a type: breaking breaking',
      'b type: breaking breaking',
    ])
  })

  it('and allOf are merged', () => {
    const old = {allOf: [object({a: string}), {required: ['a']}]}

    expect(told(old, object({a: string}, {required: ['a']}))).toEqual([])
  })
})

describe('a name', () => {
  it('that is new beside one that is gone is taken for a new name of the same', () => {
    const [gone, added] = diffSchemas(
      documentOf(object({customerId: {...string, maxLength: 9}, b: integer})),
      documentOf(object({customer_id: {...string, maxLength: 9}, b: integer})),
    )

    expect(gone).toMatchObject({path: 'customerId', message: 'was removed (perhaps renamed to customer_id)'})
    expect(added).toMatchObject({path: 'customer_id', renamed: 'customerId'})
  })

  it('that is no word stands in brackets', () => {
    expect(told(object({'a b': object({'': string})}), object({'a b': object({'': integer})}))).toEqual([
      '$["a b"][""] type: breaking breaking',
    ])
  })

  it('may be one that every object inherits', () => {
    const named = (schema: object) =>
      JSON.parse(`{"properties":{"__proto__":${JSON.stringify(schema)}}}`) as object

    expect(told(named(string), named(integer))).toEqual(['__proto__ type: breaking breaking'])
    expect(told({}, named(integer))).toEqual(['__proto__ added: safe safe'])
  })
})

it('says under which condition a new member is safe', () => {
  const [change] = diffSchemas(documentOf(object({})), documentOf(object({a: string})))

  expect(change?.provided).toBe('no producer has sent a member of this name before')
})

it('tells breaking changes first and descriptions last', () => {
  const old = object({a: {...string, description: 'x'}, b: string, c: string})
  const next = object({a: string, b: {...string, minLength: 1}, c: string, d: string})

  expect(told(old, next)).toEqual([
    'b minLength: breaking safe',
    'd added: safe safe',
    'a description: safe safe',
  ])
})

it('compares integers beyond 2^53 to the last digit', () => {
  expect(
    told({...integer, maximum: 9223372036854775807n}, {...integer, maximum: 9223372036854775806n}),
  ).toEqual(['$ maximum: breaking safe'])
})

it('reads thousands of members', () => {
  const count = runs(2000, 10_000)
  const many = (schema: object) =>
    object(Object.fromEntries(Array.from({length: count}, (_, i) => [`m${i}`, schema])))

  expect(told(many(string), many(integer))).toHaveLength(count)
})

it('gives up on definitions that multiply without end', () => {
  const doubling = (leaf: object) => ({
    $ref: '#/$defs/d0',
    $defs: Object.fromEntries(
      Array.from({length: 40}, (_, i) => {
        const inner = i === 39 ? leaf : {$ref: `#/$defs/d${i + 1}`}
        return [`d${i}`, object({a: inner, b: inner})]
      }),
    ),
  })

  expect(told(doubling(string), doubling(string))).toEqual([])
  expect(() => told(doubling(string), doubling(integer))).toThrow(
    expect.objectContaining({code: 'SCHEMA_TOO_ENTANGLED'}),
  )
})
