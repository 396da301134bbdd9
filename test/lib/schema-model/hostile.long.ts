import {readSchemaDocument} from '../../../src/lib/schema-model/schema-document'
import {writeAsyncApi30} from '../../../src/lib/schema-model/write/async-api'
import {writeJsonSchema, writeJsonSchemaDraft4} from '../../../src/lib/schema-model/write/json-schema'
import {writeOpenApi30, writeOpenApi31, writeSwagger20} from '../../../src/lib/schema-model/write/open-api'
import {writeTypescript} from '../../../src/lib/schema-model/write/typescript/typescript'
import {headOf} from '../../../src/lib/schema-model/write/written-document'
import {
  asyncApiFaults,
  draft2020Faults,
  draft4Faults,
  openApiFaults,
  typescriptFaults,
} from './validate-document'

async function faultsOf(schema: object): Promise<string[]> {
  const document = readSchemaDocument(schema, {name: 'hostile'})
  const [documents, head] = [[document], headOf(document)] as const
  return [
    ...(await openApiFaults(writeOpenApi30(documents, head).document)),
    ...(await openApiFaults(writeOpenApi31(documents, head).document)),
    ...(await openApiFaults(writeSwagger20(documents, head).document)),
    ...draft4Faults(writeJsonSchemaDraft4(documents, head).document),
    ...draft2020Faults(writeJsonSchema(documents, head).document),
    ...asyncApiFaults(writeAsyncApi30(documents, head, 'usage').document),
    ...typescriptFaults({types: writeTypescript(documents, head).text}),
  ]
}

function many<T>(count: number, make: (i: number) => [string, T]): Record<string, T> {
  return Object.fromEntries(Array.from({length: count}, (_, i) => make(i)))
}

const circle = {
  $ref: '#/$defs/a',
  $defs: {
    a: {type: 'object', properties: {b: {$ref: '#/$defs/b'}, self: {$ref: '#'}}},
    b: {type: 'array', items: {anyOf: [{$ref: '#/$defs/a'}, {$ref: '#/$defs/b'}, {type: 'null'}]}},
  },
}
const chain = {
  $ref: '#/$defs/d0',
  $defs: many(300, (i) => [`d${i}`, i < 299 ? {$ref: `#/$defs/d${i + 1}`} : {type: 'string'}]),
}
/** Each choice looks harmless; multiplied out they are 10,000,000 alternatives. */
const choices = {
  allOf: many7((place) => ({anyOf: Array.from({length: 10}, (_, i) => ({const: `${place}-${i}`}))})),
}
const names = ['__proto__', 'a/b', '../../up', 'string', 'String', 'a b', '*/', '"', '\u0000', 'class', '1']
const named = JSON.parse(
  JSON.stringify({
    type: 'object',
    description: 'ends */ export const x = 1 /*',
    properties: Object.fromEntries(names.map((name) => [name, {type: 'string', description: name}])),
    required: names,
    $defs: Object.fromEntries(names.map((name) => [name, {type: 'object', title: name}])),
  }),
) as object

function many7<T>(make: (i: number) => T): T[] {
  return Array.from({length: 7}, (_, i) => make(i))
}

describe('a hostile schema', () => {
  it.each<[string, object]>([
    ['with circles through members', circle],
    ['with a long chain of references', chain],
    ['with choices that multiply', choices],
    ['with names that are no identifiers', named],
    [
      'with 10,000 properties',
      {type: 'object', properties: many(10_000, (i) => [`p-${i}`, {type: 'string'}])},
    ],
  ])(
    '%s is written in every form so that an independent validator accepts it',
    async (_what, schema) => {
      expect(await faultsOf(schema)).toEqual([])
    },
    60_000,
  )

  it('of 400 levels is written in every form', () => {
    const deep = (levels: number): object =>
      levels === 0 ? {type: 'string'} : {type: 'object', properties: {a: deep(levels - 1)}}
    const document = readSchemaDocument(deep(400), {name: 'deep'})
    const head = headOf(document)

    for (const write of [writeOpenApi30, writeSwagger20, writeJsonSchema, writeJsonSchemaDraft4]) {
      expect(write([document], head).losses).toEqual([])
    }
    expect(writeTypescript([document], head).text.split('\n').length).toBeGreaterThan(800)
  })
})
