import {entrySizeBytes} from '../../../src/lib/publish/entry-size'

describe('entrySizeBytes', () => {
  it('counts the UTF-8 bytes of source, detail-type and detail', () => {
    expect(entrySizeBytes({Source: 'äb', DetailType: 'type', Detail: '{"a":"€"}'})).toBe(3 + 4 + 11)
  })

  it('counts 14 bytes for a time', () => {
    expect(entrySizeBytes({Source: 'a', DetailType: 'b', Detail: '{}', Time: new Date(0)})).toBe(18)
  })

  it('counts every resource and no trace header', () => {
    const entry = {
      Source: 'a',
      DetailType: 'b',
      Detail: '{}',
      Resources: ['arn:1', 'ü'],
      TraceHeader: 'Root=1',
    }

    expect(entrySizeBytes(entry)).toBe(4 + 5 + 2)
  })
})
