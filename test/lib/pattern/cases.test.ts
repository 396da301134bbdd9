import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {parsePattern, PatternError} from '../../../src/lib/pattern/parse-pattern'
import {RuleSet} from '../../../src/lib/pattern/rule-set'

/**
 * One case a file. The end of its name tells the outcome: `_EXC` the pattern is refused, `_NEG` it does not match, else it
 * does. `patternText` and `eventText` stand where the spelling of the JSON matters. Every outcome was checked against
 * event-ruler 2.0.1; `note` says where the outcome is not its, where the service differs from it, and where nobody has
 * verified what the service does.
 */
interface Case {
  note?: string
  pattern?: unknown
  patternText?: string
  event?: unknown
  eventText?: string
  matches?: boolean
  error?: string
}

const folder = join(__dirname, 'cases')
const cases = readdirSync(folder).map((file) => {
  const content = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Case
  const patternText = content.patternText ?? JSON.stringify(content.pattern)
  const eventText = content.eventText ?? JSON.stringify(content.event)
  return {...content, name: file.replace('.json', ''), patternText, eventText}
})

function matches(patternText: string, eventText: string): boolean {
  const rules = RuleSet.compile([{key: 'rule', pattern: parsePattern(patternText)}])
  return rules.match(eventText).length === 1
}

function matchesParsed(patternText: string, eventText: string): boolean {
  const rules = RuleSet.compile([{key: 'rule', pattern: parsePattern(patternText)}])
  return rules.matchParsed(JSON.parse(eventText), eventText).length === 1
}

function reasonOf(patternText: string): string | undefined {
  try {
    parsePattern(patternText)
    return undefined
  } catch (error) {
    return error instanceof PatternError ? error.reason : String(error)
  }
}

const matching = cases.filter(({error}) => error === undefined)
const refused = cases.filter(({error}) => error !== undefined)
/** `JSON.parse` has already dropped all but the last value of a key. */
const parsed = matching.filter(({name}) => !name.includes('duplicate_key'))

/** An empty name is forgotten only at the front of a path. */
const wrapped = matching.filter(({name}) => !name.startsWith('empty_name_first'))

describe('event pattern cases', () => {
  it('carry their outcome in their name', () => {
    const named = cases.map(({name, matches: does, error}) => [
      name.endsWith('_EXC'),
      name.endsWith('_NEG'),
      does,
      error,
    ])

    expect(
      named.every(([exc, neg, does, error]) => exc === (error !== undefined) && neg === (does === false)),
    ).toBe(true)
    expect(cases.length).toBeGreaterThan(300)
  })

  it('are explained in a sentence where they are in doubt', () => {
    const notes = cases.flatMap(({note}) => (note === undefined ? [] : [note]))

    expect(notes.length).toBeGreaterThan(30)
    expect(notes.filter((note) => !/^[A-Z].*\.$/.test(note))).toEqual([])
  })

  it.each(matching)('$name, from text', ({patternText, eventText, matches: expected}) => {
    expect(matches(patternText, eventText)).toBe(expected)
  })

  it.each(parsed)('$name, already parsed', ({patternText, eventText, matches: expected}) => {
    expect(matchesParsed(patternText, eventText)).toBe(expected)
  })

  // Values in the elements of arrays are tried one by one; others are mostly looked up.
  it.each(wrapped)('$name, in an element of an array', ({patternText, eventText, matches: expected}) => {
    expect(matches(`{"x":${patternText}}`, `{"x":[${eventText}]}`)).toBe(expected)
  })

  it('match the same when all their patterns are in one rule set, in the order of the rules', () => {
    const rules = RuleSet.compile(
      matching.map(({patternText}, key) => ({key, pattern: parsePattern(patternText)})),
    )

    const found = matching.map(({eventText}) => rules.match(eventText))
    const foundParsed = matching.map(({eventText}) => rules.matchParsed(JSON.parse(eventText), eventText))

    const wrong = matching.filter(({name, matches: expected}, key) => {
      const own = found[key] ?? []
      const isSorted = own.every((rule, at) => at === 0 || rule > (own[at - 1] ?? 0))
      const isSame = name.includes('duplicate_key') || foundParsed[key]?.join() === own.join()
      return own.includes(key) !== expected || !isSorted || !isSame
    })

    expect(wrong.map(({name}) => name)).toEqual([])
  })

  it.each(refused)('$name', ({patternText, error}) => {
    expect(reasonOf(patternText)).toBe(error)
  })
})
