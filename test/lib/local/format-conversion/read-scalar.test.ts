import {LosslessNumber} from 'lossless-json'
import {parseHiveType} from '../../../../src/lib/local/athena-sql/hive-type'
import {foldCase} from '../../../../src/lib/local/format-conversion/fold'
import {valueReader} from '../../../../src/lib/local/format-conversion/read-value'

const read = (type: string, value: unknown) => valueReader(parseHiveType(type), foldCase)(value)
const number = (text: string) => new LosslessNumber(text)

describe('a value of a column', () => {
  it.each<[type: string, value: unknown, written: unknown]>([
    ['string', 'é', 'é'],
    ['string', number('5.10'), '5.10'],
    ['string', true, 'true'],
    ['string', {A: [number('1.50'), null]}, '{"a":[1.50,null]}'],
    ['string', 'half \ud800 a pair', 'half \ufffd a pair'],
    ['bigint', number('9223372036854775807'), '9223372036854775807'],
    ['bigint', '-0x'.length, '3'],
    ['bigint', '+7', '7'],
    ['tinyint', '0x7f', '127'],
    ['double', '1.5d', '1.5'],
    ['double', number('1e400'), 'Infinity'],
    ['double', 'NaN', 'NaN'],
    ['float', 0.1, String(Math.fround(0.1))],
    ['decimal', '7.5', '8'],
    ['decimal(4,2)', number('12.345'), '12.35'],
    ['decimal(4,2)', number('-0.004'), '0.00'],
    ['decimal(4,2)', number('1e-9999'), '0'],
    ['decimal(38,9)', number('12345678901234567890.123456789'), '12345678901234567890.123456789'],
    ['boolean', 'TRUE', true],
    ['boolean', 'yes', false],
    ['date', '2026-1-9', '2026-01-09'],
    ['timestamp', '2026-9-7 1:2:3.5', '2026-09-07 01:02:03.5'],
    ['timestamp', '2026-11-03T09:15:27.412345678Z', '2026-11-03 09:15:27.412345'],
    ['timestamp', 1_518_033_528, '2018-02-07 19:58:48.000'],
    ['timestamp', '1518033528123', '2018-02-07 19:58:48.123'],
    ['array<int>', 1, ['1']],
    ['bigint', null, null],
  ])('%s: %p is written as %p', (type, value, written) => {
    expect(read(type, value)).toEqual(written)
  })

  it.each<[type: string, value: unknown]>([
    ['bigint', number('9223372036854775808')],
    ['tinyint', 128],
    ['int', '1 '],
    ['int', number('1e3')],
    ['int', true],
    ['double', ''],
    ['double', {}],
    ['decimal(4,2)', number('123.4')],
    ['decimal(4,2)', number('99.995')],
    ['decimal(4,2)', number('1e99999')],
    ['decimal(4,2)', 'much'],
    ['boolean', 0],
    ['date', '2026-13-01'],
    ['date', '2026-02-30'],
    ['timestamp', '2026-9-7T12:00:02Z'],
    ['timestamp', '2026-11-03 25:00:00'],
    ['timestamp', '999999999999999'],
    ['struct<a:int>', 'text'],
    ['map<int,string>', {x: 'y'}],
    ['map<string,int>', []],
  ])('%s: %p does not fit', (type, value) => {
    expect(() => read(type, value)).toThrow(/^Data does not match the schema\. /)
  })

  it.each(['binary', 'array<binary>', 'map<array<int>,int>'])('cannot be converted to %s', (type) => {
    expect(() => valueReader(parseHiveType(type), foldCase)).toThrow(/^The schema is invalid\. /)
  })
})
