import fc from '../../../../_helpers/properties'
import {
  joinedRow,
  readRow,
  recordsOf,
  writeRow,
} from '../../../../../src/lib/local/services/firehose/buffer-row'

const records = fc.array(fc.uint8Array({maxLength: 30}), {minLength: 1, maxLength: 8})

describe('a row of a buffer', () => {
  it('gives back records that were kept apart, whatever bytes they have', () => {
    fc.assert(
      fc.property(records, (parts) => {
        const row = readRow(writeRow(1_800_000_000_123, parts.length, parts, 'apart'))
        expect([row.arrivedAt, row.count, row.isApart]).toEqual([1_800_000_000_123, parts.length, true])
        expect([...recordsOf(row)]).toEqual(parts.map((part) => Buffer.from(part)))
      }),
    )
  })

  it('joins records as the object has them, whether they were kept apart or not', () => {
    fc.assert(
      fc.property(records, fc.constantFrom('', '\n', ', '), (parts, delimiter) => {
        const whole = Buffer.concat(parts.flatMap((part) => [part, Buffer.from(delimiter)]))
        const joined = readRow(writeRow(0, parts.length, parts, {joined: delimiter}))
        const apart = readRow(writeRow(0, parts.length, parts, 'apart'))
        expect([joined.count, joined.isApart]).toEqual([parts.length, false])
        expect([joinedRow(joined, 'unused'), joinedRow(apart, delimiter)]).toEqual([whole, whole])
      }),
    )
  })

  it('takes lines for records where they were joined', () => {
    const lines = readRow(writeRow(0, 3, [Buffer.from('a\nb'), Buffer.from('c')], {joined: '\n'}))

    expect([...recordsOf(lines)].map(String)).toEqual(['a', 'b', 'c'])
  })
})
