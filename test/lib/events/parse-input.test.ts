import {gzipSync} from 'node:zlib'
import fc from '../../_helpers/properties'
import {textOf} from '../../../src/lib/events/open-input'
import type {ParseOptions} from '../../../src/lib/events/parse-element'
import {parseInput} from '../../../src/lib/events/parse-input'
import type {PublishItem} from '../../../src/lib/publish/put-entry'

const options: ParseOptions = {source: 'my-applications', detailType: 'api-usage-event', bus: 'usage'}

/** Hands the bytes over in pieces, as a file does. */
async function* pieces(bytes: Buffer, pieceBytes: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes)
}

async function parse(
  input: string | Buffer,
  more: Partial<ParseOptions> = {},
  pieceBytes = 7,
): Promise<PublishItem[]> {
  const items: PublishItem[] = []
  const bytes = typeof input === 'string' ? Buffer.from(input) : input
  for await (const item of parseInput(textOf(pieces(bytes, pieceBytes)), {...options, ...more}))
    items.push(item)
  return items
}

const details = (items: PublishItem[]) => items.map((item) => item.entry?.Detail)
const problems = (items: PublishItem[]) =>
  items.map((item) => ('code' in item ? [item.position, item.code] : 'ok'))

describe('parseInput', () => {
  it('takes a usage event as the detail, and its time for the envelope', async () => {
    const line = '{"eventId":"e-1","occurredAt":"2026-11-03T10:15:27.412+01:00"}'

    expect(await parse(`${line}\n`)).toEqual([
      {
        entry: {
          Source: 'my-applications',
          DetailType: 'api-usage-event',
          Detail: line,
          Time: new Date('2026-11-03T09:15:27.412Z'),
        },
        position: 'line 1',
      },
    ])
  })

  it('passes a detail on as it is written, numbers and spaces included', async () => {
    const line = '{"eventId":"é", "quantity": 9007199254740993, "amount":0.10000000000000000001, "n":1e2}'

    expect(details(await parse(line))).toEqual([line])
  })

  it.each([7, 1000])(
    'takes events apart that nothing stands between, in pieces of %d bytes',
    async (pieceBytes) => {
      const events = ['{"eventId":"}{"}', '{"eventId":"b","n":{"m":{}}}', '{"eventId":"c"}']

      expect(details(await parse(events.join(''), {}, pieceBytes))).toEqual(events)
      expect(details(await parse(`${events.join(' ')}\n${events.join('')}\n`, {}, pieceBytes))).toEqual([
        ...events,
        ...events,
      ])
    },
  )

  it('takes a line with something else behind the event for a bad line', async () => {
    expect(problems(await parse('{"eventId":"}{"} x\n{"eventId":"b"}\n'))).toEqual([
      ['line 1', 'NOT_JSON'],
      'ok',
    ])
  })

  it('sends a usage event without a time, and one whose time is none, without Time', async () => {
    const items = await parse('{"eventId":"a"}\n{"eventId":"b","occurredAt":"soon"}\n')

    expect(items.map((item) => item.entry && 'Time' in item.entry)).toEqual([false, false])
  })

  it('takes a whole EventBridge event apart, its detail verbatim', async () => {
    const line =
      '{"version":"0","id":"i","detail-type":"api","source":"shop","account":"1","time":"2026-11-03T09:15:27Z",' +
      '"region":"eu-west-1","resources":["arn:x"],"detail":{"quantity":9007199254740993,"s":"}\\"{,"}}'

    expect(await parse(line)).toEqual([
      {
        entry: {
          Source: 'shop',
          DetailType: 'api',
          Detail: '{"quantity":9007199254740993,"s":"}\\"{,"}',
          Time: new Date('2026-11-03T09:15:27Z'),
          Resources: ['arn:x'],
        },
        position: 'line 1',
      },
    ])
  })

  it('takes a PutEvents entry as it is', async () => {
    const entry = {
      Source: 's',
      DetailType: 't',
      Detail: '{"a": 1.10}',
      Time: '2026-11-03T09:15:27.000Z',
      Resources: ['arn:x'],
      TraceHeader: 'Root=1',
      EventBusName: 'arn:aws:events:eu-west-1:000000000000:event-bus/usage',
    }
    const {EventBusName, ...wanted} = {...entry, Time: new Date('2026-11-03T09:15:27Z')}

    expect(await parse(JSON.stringify(entry))).toEqual([{entry: wanted, position: 'line 1'}])
    expect(EventBusName).toContain('usage')
  })

  it('reads the time of an entry in seconds too', async () => {
    const [item] = await parse('{"Source":"s","DetailType":"t","Detail":"{}","Time":1762161327}')

    expect(item?.entry?.Time).toEqual(new Date('2025-11-03T09:15:27Z'))
  })

  it('refuses an entry that names another bus', async () => {
    expect(
      await parse('{"Source":"s","DetailType":"t","Detail":"{}","EventBusName":"orders"}'),
    ).toMatchObject([{code: 'OTHER_BUS', message: 'EventBusName is "orders", but this run sends to usage.'}])
  })

  it.each([
    ['{"detail-type":"t","detail":{}}', 'source is missing or is not a string.'],
    ['{"source":"s","detail-type":"","detail":{}}', 'detail-type is missing or is not a string.'],
    ['{"DetailType":"t","Detail":"{}"}', 'Source is missing or is not a string.'],
    ['{"Source":"s","Detail":"{}"}', 'DetailType is missing or is not a string.'],
    ['{"Source":"s","DetailType":"t"}', 'Detail is missing or is not a string.'],
    ['{"Source":"s","DetailType":"t","Detail":{}}', 'Detail is missing or is not a string.'],
  ])('rejects %s', async (line, message) => {
    expect(await parse(line)).toEqual([{code: 'MISSING_MEMBER', message, position: 'line 1', original: line}])
  })

  it.each([
    '{"source":"s","detail-type":"t","detail":"text"}',
    '{"Source":"s","DetailType":"t","Detail":"[1]"}',
    '{"Source":"s","DetailType":"t","Detail":"{"}',
    '{"Source":"s","DetailType":"t","Detail":"{}","Time":"soon"}',
    '{"Source":"s","DetailType":"t","Detail":"{}","Resources":[1]}',
  ])('rejects a member of the wrong kind: %s', async (line) => {
    expect(problems(await parse(line))).toEqual([['line 1', 'BAD_MEMBER']])
  })

  it('rejects bad lines with their number, and takes the others', async () => {
    const items = await parse('{"eventId":"a"}\n\n{"eventId":"b\r\n7\n{"eventId":"c"}\n[]\n')

    expect(problems(items)).toEqual([
      'ok',
      ['line 3', 'NOT_JSON'],
      ['line 4', 'NOT_AN_OBJECT'],
      'ok',
      ['line 6', 'NOT_AN_OBJECT'],
    ])
  })

  it('takes the other lines when the first one was cut short', async () => {
    expect(problems(await parse('{"eventId":"a","serv\n{"eventId":"b"}\n'))).toEqual([
      ['line 1', 'NOT_JSON'],
      'ok',
    ])
    expect(problems(await parse('{"eventId":"a","serv\nnonsense\n'))).toEqual([
      ['line 1', 'NOT_JSON'],
      ['line 2', 'NOT_JSON'],
    ])
  })

  it('reads lines that end with CRLF, after a byte order mark, without a last line break', async () => {
    expect(details(await parse('\uFEFF{"eventId":"a"}\r\n{"eventId":"b"}'))).toEqual([
      '{"eventId":"a"}',
      '{"eventId":"b"}',
    ])
  })

  it('reads a JSON array, on one line or many', async () => {
    const array = '[\n  {"eventId": "a",\n   "s": "],[{\\""},\n  {"eventId":"b"}, {"n":[1,{"m":2}]}\n]\n'

    expect(details(await parse(array))).toEqual([
      '{"eventId": "a","s": "],[{\\""}',
      '{"eventId":"b"}',
      '{"n":[1,{"m":2}]}',
    ])
    expect(await parse('[]')).toEqual([])
  })

  it('names elements of an array that are no events, and takes the others', async () => {
    const items = await parse('[{"eventId":"a"}, nonsense, , {"eventId":"b"}, 7]')

    expect(problems(items)).toEqual([
      'ok',
      ['element 2', 'NOT_JSON'],
      ['element 3', 'NOT_JSON'],
      'ok',
      ['element 5', 'NOT_AN_OBJECT'],
    ])
  })

  it('says so when an array ends too early or goes on after its end', async () => {
    expect(problems(await parse('[{"eventId":"a"}, {"eventId":'))).toEqual(['ok', ['element 2', 'NOT_JSON']])
    expect(problems(await parse('[{"eventId":"a"}'))).toEqual(['ok', ['element 2', 'INPUT_DAMAGED']])
    expect(problems(await parse('[{"eventId":"a"},'))).toEqual(['ok', ['element 2', 'INPUT_DAMAGED']])
    expect(problems(await parse('[{"eventId":"a"}] more'))).toEqual(['ok', ['element 2', 'NOT_JSON']])
  })

  it('reads one object, and several, that are written over many lines', async () => {
    const object = JSON.stringify({eventId: 'a', service: {name: 's\nt'}, tags: ['x', 'y']}, null, 2)

    expect(details(await parse(object))).toEqual([
      '{"eventId": "a","service": {"name": "s\\nt"},"tags": ["x","y"]}',
    ])
    expect(await parse(`${object}\n${object}\n`)).toHaveLength(2)
  })

  it('reads gzip, told by its bytes, and several members of it', async () => {
    const bytes = Buffer.concat([gzipSync('{"eventId":"a"}\n{"eve'), gzipSync('ntId":"b"}\n')])

    expect(details(await parse(bytes))).toEqual(['{"eventId":"a"}', '{"eventId":"b"}'])
  })

  it('counts a gzip file that breaks off as one damaged element, after what could be read', async () => {
    const lines = Array.from({length: 5000}, (_, i) => `{"eventId":"${i * 7919}"}\n`).join('')
    const bytes = gzipSync(lines)

    const items = await parse(bytes.subarray(0, bytes.length - 3000), {}, 8192)

    expect(items.length).toBeGreaterThan(1000)
    expect(items.at(-1)).toMatchObject({
      code: 'INPUT_DAMAGED',
      message: expect.stringContaining('unexpected end of file'),
    })
    expect(items.slice(0, -1).every((item) => !('code' in item))).toBe(true)
  })

  it('finds nothing in an empty input', async () => {
    expect(await parse('')).toEqual([])
    expect(await parse('\n \n')).toEqual([])
  })

  it('does not keep a line that no event can be', async () => {
    const items = await parse(
      `{"eventId":"a"}\n"${'x'.repeat(17 * 1024 * 1024)}"\n{"eventId":"b"}\n`,
      {},
      1 << 20,
    )

    expect(problems(items)).toEqual(['ok', ['line 2', 'TOO_LONG'], 'ok'])
  })

  it('rejects what breaks the contract when it is asked to check, as an entry that can be sent again', async () => {
    const items = await parse('{"eventId":7}', {
      validate: () => ['eventId must be string', 'it must have an api'],
    })

    expect(items).toEqual([
      {
        code: 'BREAKS_CONTRACT',
        message: 'eventId must be string; it must have an api.',
        position: 'line 1',
        original: undefined,
        entry: {Source: 'my-applications', DetailType: 'api-usage-event', Detail: '{"eventId":7}'},
      },
    ])
  })

  it('reads the same events from lines, an array and pretty JSON, however the bytes are cut', async () => {
    const event = fc.record({id: fc.string(), value: fc.jsonValue()})
    await fc.assert(
      fc.asyncProperty(
        fc.array(event, {minLength: 1, maxLength: 5}),
        fc.integer({min: 1, max: 40}),
        async (events, cut) => {
          const wanted = events.map((e) => JSON.parse(JSON.stringify(e)))
          const inputs = [
            events.map((e) => JSON.stringify(e)).join('\n'),
            JSON.stringify(events),
            JSON.stringify(events, null, 2),
            events.map((e) => JSON.stringify(e, null, 2)).join('\n'),
          ]
          for (const input of inputs) {
            const items = await parse(input, {}, cut)
            expect(details(items).map((d) => JSON.parse(d ?? ''))).toEqual(wanted)
          }
        },
      ),
    )
  })
})
