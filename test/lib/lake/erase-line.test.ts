import {eraseLine} from '../../../src/lib/lake/erase/erase-line'
import fc from '../../_helpers/properties'

const subject = {kind: 'user' as const, id: 'acme/u-1'}

const event = (detail: object) => JSON.stringify({id: 'e', detail})

describe('a line without what is personal', () => {
  it('keeps everything else that the contract names, numbers to the last digit', () => {
    const line =
      '{"id":"e","detail":{"eventId":"a","user":{"id":"acme/u-1"},"client":{"address":"1.2.3.4","userAgent":"x","port":9},' +
      '"attributes":{"a":"b"},"customer":{"id":"acme"},"email":"a@b","quantity":0.1000000000000000000001,"sequence":90071992547409931}}'

    expect(eraseLine(line, subject)).toBe(
      '{"id":"e","detail":{"eventId":"a","user":{},"client":{},"customer":{"id":"acme"},' +
        '"quantity":0.1000000000000000000001,"sequence":90071992547409931}}',
    )
  })

  it('is found whatever the case of its members', () => {
    expect(eraseLine('{"Detail":{"User":{"ID":"acme/u-1"}}}', subject)).toBe('{"Detail":{"User":{}}}')
  })

  it('is found where the id is written with escapes', () => {
    expect(eraseLine('{"detail":{"user":{"id":"acme\\/u-\\u0031"}}}', subject)).toBe('{"detail":{"user":{}}}')
  })

  it.each([
    event({user: {id: 'acme/u-10'}}),
    event({user: {id: 'other'}, attributes: {note: 'acme/u-1'}}),
    event({customer: {id: 'acme/u-1'}}),
    '{"half": ',
    '[]',
    'null',
  ])('stays as it is where it is not of the user: %s', (line) => {
    expect(eraseLine(line, subject)).toBeUndefined()
  })

  it('of a customer loses its users and keeps who pays', () => {
    const line = event({customer: {id: 'acme'}, user: {id: 'u'}})
    expect(eraseLine(line, {kind: 'customer', id: 'acme'})).toBe(
      '{"id":"e","detail":{"customer":{"id":"acme"},"user":{}}}',
    )
  })

  it('is emptied where it cannot be read and names the id', () => {
    expect(eraseLine('{"detail":{"user":{"id":"acme/u-1"', subject)).toBe('{}')
  })

  it('says nothing of the user any more, and is done once', () => {
    const json = fc.json({maxDepth: 2}).map((text) => JSON.parse(text) as unknown)
    fc.assert(
      fc.property(fc.string({minLength: 1}), json, json, (id, attributes, other) => {
        const theirs = {kind: 'user' as const, id}
        const erased = eraseLine(event({user: {id}, attributes, other}), theirs)

        expect(JSON.parse(erased ?? '')).toEqual({id: 'e', detail: {user: {}}})
        expect(eraseLine(erased ?? '', theirs)).toBeUndefined()
      }),
    )
  })
})
