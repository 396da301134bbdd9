import fc from '../../../_helpers/properties'
import {parseExact} from '../../../../src/lib/core/json'
import {formatPattern} from '../../../../src/lib/pattern/write/format-pattern'

describe('formatPattern', () => {
  it('gives each field a line, and breaks only the arrays that do not fit', () => {
    const routes = ['payments', 'orders', 'catalogue', 'search'].map((name) => ({prefix: `/v1/${name}/`}))
    const pattern = {
      source: ['my-applications'],
      detail: {response: {status: [{numeric: ['>=', 400, '<', 500]}]}, api: {route: routes}},
    }

    expect(formatPattern(pattern)).toBe(`{
  "source": ["my-applications"],
  "detail": {
    "response": {
      "status": [{"numeric": [">=", 400, "<", 500]}]
    },
    "api": {
      "route": [
        {"prefix": "/v1/payments/"},
        {"prefix": "/v1/orders/"},
        {"prefix": "/v1/catalogue/"},
        {"prefix": "/v1/search/"}
      ]
    }
  }
}`)
  })

  it('fills 80 columns and no more', () => {
    const width = (length: number) => formatPattern({a: ['x'.repeat(length)]}).split('\n')

    expect(width(69)[1]).toHaveLength(80)
    expect(width(70)).toEqual(['{', '  "a": [', `    "${'x'.repeat(70)}"`, '  ]', '}'])
  })

  it('keeps numbers as they were written', () => {
    const text = '{\n  "a": [9007199254740993, 1.50, {"numeric": [">", 1e3]}]\n}'

    expect(formatPattern(parseExact(text))).toBe(text)
  })

  it('writes JSON of the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(formatPattern(value))).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })
})
