import {judgeRecords} from '../../../../src/lib/doctor/lake/judge-records'

const event = '{"detail-type":"api-usage-event","source":"a","detail":{"text":"}{ \\" \\n"}}'

describe('the beginning of an object', () => {
  it('has one event a line', () => {
    expect(judgeRecords(`${event}\n${event}\n`)).toEqual({kind: 'lines', eventCount: 2})
  })

  it('may end in the middle of an event', () => {
    expect(judgeRecords(`${event}\n${event}\n{"detail-ty`)).toEqual({kind: 'lines', eventCount: 2})
  })

  it('may be one event without a line break', () => {
    expect(judgeRecords(event)).toEqual({kind: 'lines', eventCount: 1})
  })

  it.each([event + event, `${event} ${event}`, `${event}\n${event}${event}\n`, `${event}{"detail-ty`])(
    'is found to be concatenated: %#',
    (text) => {
      expect(judgeRecords(text)).toEqual({kind: 'concatenated'})
    },
  )

  it('may hold something that is no JSON object', () => {
    expect(judgeRecords(`${event}\n"text"\n`)).toEqual({kind: 'not-json', line: 2})
    expect(judgeRecords(`{"a":}\n`)).toEqual({kind: 'not-json', line: 1})
  })

  it('may hold what a target with an input path wrote', () => {
    expect(judgeRecords('{"eventId":"a"}\n')).toEqual({
      kind: 'not-event',
      line: 1,
      missing: ['detail-type', 'source', 'detail'],
    })
  })

  it('may be empty', () => {
    expect(judgeRecords('\n \n')).toEqual({kind: 'empty'})
  })
})
