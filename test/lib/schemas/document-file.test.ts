import {DocumentFileNames, documentText} from '../../../src/lib/schemas/document-file'
import {nearNames} from '../../../src/lib/schemas/near-names'

describe('DocumentFileNames', () => {
  it.each([
    ['my-applications@ApiUsageEvent', 'my-applications@ApiUsageEvent.openapi3.json'],
    ['../../etc/passwd', '___.._etc_passwd.openapi3.json'],
    ['..', '__.openapi3.json'],
    ['.hidden', '_hidden.openapi3.json'],
    ['a\\b:c', 'a_b_c.openapi3.json'],
    ['CON', '_CON.openapi3.json'],
    ['', '_.openapi3.json'],
  ])('makes of "%s" the safe name %s', (schema, name) => {
    expect(new DocumentFileNames('openapi3').take(schema)).toBe(name)
  })

  it('is never longer than a file name may be', () => {
    const names = new DocumentFileNames('jsonschema4')

    expect(names.take('x'.repeat(385))).toHaveLength(255)
    expect(names.take('X'.repeat(385))).toMatch(/^X{236}_1\.jsonschema4\.json$/)
  })
})

describe('documentText', () => {
  it('indents by two spaces and ends with a line break', () => {
    expect(documentText({b: [1], a: {}})).toBe('{\n  "b": [\n    1\n  ],\n  "a": {}\n}\n')
  })
})

describe('nearNames', () => {
  it('names what holds the word first, then what is a few letters away', () => {
    expect(nearNames('orders', ['order', 'my-orders', 'oders', 'invoice'])).toEqual([
      'my-orders',
      'order',
      'oders',
    ])
  })
})
