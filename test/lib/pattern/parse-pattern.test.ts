import {
  awsMessage,
  branchCountLimit,
  fieldCountLimit,
  parsePattern,
  patternLengthLimit,
  PatternError,
} from '../../../src/lib/pattern/parse-pattern'

function errorOf(text: string): PatternError {
  try {
    parsePattern(text)
  } catch (error) {
    if (error instanceof PatternError) return error
    throw error
  }
  throw new TypeError('the pattern is valid')
}

describe('parsePattern', () => {
  it('reads a field with its path, its place and its source', () => {
    const pattern = parsePattern('{"detail":\n {"plan": ["gold", {"prefix": "s"}]}}')

    expect([...(pattern.branches[0]?.values() ?? [])]).toEqual([
      {
        path: 'detail.plan',
        alternatives: [
          {kind: 'string', value: 'gold', address: undefined},
          {kind: 'prefix', value: 's', ignoreCase: false},
        ],
        position: {line: 2, column: 11},
        source: '["gold", {"prefix": "s"}]',
      },
    ])
  })

  it('multiplies $or out into branches', () => {
    const {branches} = parsePattern('{"a":[1],"$or":[{"b":[2]},{"c":[3]}]}')

    expect(branches.map((branch) => [...branch.keys()])).toEqual([
      ['a', 'b'],
      ['a', 'c'],
    ])
  })

  it('keeps the text of a number', () => {
    const [branch] = parsePattern('{"a":[12345678901234567891, 3.0e2]}').branches

    expect(branch?.get('a')?.alternatives).toEqual([
      {kind: 'number', text: '12345678901234567891', value: undefined},
      {kind: 'number', text: '3.0e2', value: 300},
    ])
  })

  it('reads the bounds of a numeric range and the ends of an address range', () => {
    const [branch] = parsePattern('{"a":[{"numeric":[">",0,"<=",5]},{"cidr":"10.1.2.3/16"}]}').branches

    expect(branch?.get('a')?.alternatives).toEqual([
      {
        kind: 'numeric',
        lower: {text: '0', value: 0, inclusive: false},
        upper: {text: '5', value: 5, inclusive: true},
      },
      {kind: 'cidr', value: '10.1.2.3/16', range: {low: '0A010000', high: '0A01FFFF'}},
    ])
  })

  it('does not look behind the closing brace, as EventBridge does not', () => {
    expect(parsePattern('{"a":[1]} rest').branches).toHaveLength(1)
  })

  it('says where the pattern is wrong and what would be right', () => {
    const error = errorOf('{"detail": {\n  "plan": [{"prefix": 5}]}}')

    expect(error).toMatchObject({
      kind: 'usage',
      code: 'BAD_PATTERN',
      reason: 'prefix match pattern must be a string',
      line: 2,
      column: 23,
      path: 'detail.plan',
      message:
        'The event pattern is not valid at detail.plan (line 2, column 23): prefix match pattern must be a string',
    })
  })

  it('hints at the remedy', () => {
    expect(errorOf('{"a":[{"cidr":"10.0.0.1/32"}]}').hint).toBe(
      'For one address write it alone: ["10.0.0.1"].',
    )
  })

  it('tells a reader of the mistake beside a valid $or, and keeps what AWS says', () => {
    const error = errorOf('{"$or":[{"x":[1]},{"y":[2]}],"b":3}')

    expect(error.reason).toBe('Unrecognized match type x')
    expect(error.message).toBe(
      'The event pattern is not valid at b (line 1, column 34): "b" must be an object or an array',
    )
  })

  it('refuses more fields than a rule may have', () => {
    const fields = (count: number): string =>
      `{${Array.from({length: count}, (_, index) => `"f${index}":[1]`).join()}}`

    expect(parsePattern(fields(fieldCountLimit)).branches).toHaveLength(1)
    expect(errorOf(fields(fieldCountLimit + 1)).reason).toBe('Size of rule exceeds max value of 256')
  })

  it('takes exactly a thousand branches', () => {
    const or = `[${Array.from({length: 10}, (_, index) => `{"x":[${index}]}`).join()}]`
    const {branches} = parsePattern(`{"a":{"$or":${or}},"b":{"$or":${or}},"c":{"$or":${or}}}`)

    expect(branches).toHaveLength(branchCountLimit)
  })

  it('refuses nesting that goes too deep', () => {
    const deep = `${'{"a":'.repeat(100_000)}[1]${'}'.repeat(100_000)}`

    expect(errorOf(deep).reason).toContain('Document nesting depth (1001) exceeds the maximum allowed (1000')
  })

  it('names the length that the service takes', () => {
    expect(patternLengthLimit).toBe(2048)
  })
})

describe('awsMessage', () => {
  it.each([
    [
      '{"a":1}',
      'Event pattern is not valid. Reason: "a" must be an object or an array\n at [Source: (String)"{"a":1}"; line: 1, column: 7]',
    ],
    [
      '{"a":[1],\n "b":[{"wildcard":"x**"}]}',
      'Event pattern is not valid. Reason: Consecutive wildcard characters at pos 2\n at [Source: (String)"{"a":[1],\n "b":[{"wildcard":"x**"}]}"; line: 2, column: 24]',
    ],
    ['{"a":[{"cidr":"10.0.0.0/32"}]}', 'Event pattern is not valid. Reason: IPv4 mask bits must be < 32'],
    [
      '{"a":[{"anything-but":[null]}]}',
      'Event pattern is not valid. Reason: Inside anything but list, start|null|boolean is not supported.\n' +
        ' at [Source: (String)"{"a":[{"anything-but":[null]}]}"; line: 1, column: 28]\n' +
        ' at [Source: (String)"{"a":[{"anything-but":[null]}]}"; line: 1, column: 28]',
    ],
    [
      '{"a":["\t"]}',
      'Event pattern is not valid. Reason: Illegal unquoted character ((CTRL-CHAR, code 9)): has to be escaped using ' +
        'backslash to be included in string value\n at [Source: (String)"{"a":["\\u0009"]}"; line: 1, column: 8]',
    ],
  ])('is what AWS says of %s', (text, message) => {
    expect(awsMessage(errorOf(text), text)).toBe(message)
  })

  it('quotes no more than 500 characters of the pattern', () => {
    const text = `{"${'x'.repeat(600)}":1}`

    expect(awsMessage(errorOf(text), text)).toContain(
      `"{"${'x'.repeat(498)}"[truncated 106 chars]; line: 1, column: 606]`,
    )
  })
})
