import Ajv from 'ajv'
import addFormats from 'ajv-formats'
import fc, {runs} from '../../_helpers/properties'
import {formatOf} from '../../../src/lib/schema-model/text-format'

const ajv = new Ajv()
addFormats(ajv)

/** Texts of every format and texts that are nearly one: a character taken out, put in or changed. */
const texts = fc.oneof(
  fc.string(),
  fc.date({noInvalidDate: true}).map((date) => date.toISOString()),
  fc.date({noInvalidDate: true}).map((date) => date.toISOString().slice(0, 10)),
  fc.uuid(),
  fc.ipV4(),
  fc.ipV4Extended(),
  fc.ipV6(),
  fc.emailAddress(),
  fc.webUrl({withQueryParameters: true, withFragments: true}),
)
const nearly = fc
  .tuple(texts, fc.nat(), fc.string({maxLength: 1}), fc.nat(1))
  .map(([text, place, put, cut]) => {
    const at = text.length === 0 ? 0 : place % text.length
    return text.slice(0, at) + put + text.slice(at + cut)
  })

describe('formatOf', () => {
  it('names no format that a validator does not find in the text', () => {
    fc.assert(
      fc.property(fc.oneof(texts, nearly), (text) => {
        const format = formatOf(text)

        expect(format === 'plain' || ajv.validate({type: 'string', format}, text)).toBe(true)
      }),
      {numRuns: runs(200, 2000)},
    )
  })

  it.each([
    ['2026-11-22T10:00:00', 'plain'],
    ['2026-11-22 10:00:00Z', 'plain'],
    ['2026-02-29T10:00:00Z', 'plain'],
    ['2024-02-29T23:59:59.9Z', 'date-time'],
    ['2026-11-22T24:00:00Z', 'plain'],
    ['2026-11-22T10:00:60Z', 'plain'],
    ['2026-11-22T10:00:00.Z', 'plain'],
    ['2026-11-22T10:00:00+24:00', 'plain'],
    ['2026-11-22T10:00:00-00:30', 'date-time'],
    ['2026-13-01', 'plain'],
    ['1.2.3', 'plain'],
    ['1.2.3.256', 'plain'],
    ['fe80::1%eth0', 'plain'],
    ['::', 'ipv6'],
    ['a@b', 'plain'],
    ['error:timeout', 'plain'],
    ['http://', 'plain'],
    ['https://example.com/with space', 'plain'],
    ['0195a3f26c1e7a409d1b3f0c5e8a7b21', 'plain'],
  ])('takes %s for %s', (text, format) => {
    expect(formatOf(text)).toBe(format)
  })
})
