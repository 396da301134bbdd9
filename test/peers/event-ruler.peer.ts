import {isDoubtful, isOwnError, speaksOfJson} from './event-ruler/deviations'
import {halfValid, starry} from './event-ruler/half-valid'
import {installEventRuler} from './event-ruler/java'
import {Oracle} from './event-ruler/oracle'
import {Random} from './event-ruler/random'
import {sample, samplers} from './event-ruler/samples'
import {read, reasonOf, theirReason, verdictOf, verdictsTogether} from './event-ruler/verdict'

/** `EVENT_RULER_SEED=2` asks other questions. */
const seed = Number(process.env['EVENT_RULER_SEED'] ?? 1)
const pairsEach = 2600
const halfValidCount = 12_000
const starryCount = 4000
const names = Object.keys(samplers)

interface Tally {
  pairs: number
  matches: number
  differences: string[]
}

describe(`Event Ruler, asked with EVENT_RULER_SEED=${seed}`, () => {
  let oracle: Oracle
  const tallies = new Map<string, Tally>()

  beforeAll(() => {
    const libraries = installEventRuler()
    if (libraries === undefined) throw new Error('Event Ruler needs java, javac, mvn and a network.')
    oracle = new Oracle(libraries)
  })

  afterAll(() => oracle.end())

  /** Puts the library's verdicts beside ours: of each pattern alone, and of all of them together. */
  async function compare(name: string): Promise<Tally> {
    const random = new Random(seed * 1000 + names.indexOf(name))
    const samples = Array.from({length: pairsEach}, () => sample(name, random))
    const asked = oracle.ask(samples.map(({pattern, event}) => ({pattern, event})))
    const alone = samples.map(verdictOf)
    const together = verdictsTogether(samples)
    const answers = await asked
    const tally: Tally = {pairs: 0, matches: 0, differences: []}
    samples.forEach(({pattern, event}, at) => {
      const answer = answers[at] ?? ''
      const theirs = answer.startsWith('invalid: ') ? 'invalid' : answer
      const ours = alone[at]
      if (ours === 'over the limits') return
      const inSet = together[at] ?? 'invalid'
      if (ours !== theirs || inSet !== theirs) {
        tally.differences.push(`${pattern} on ${event}: ${theirs}, not ${ours}, among others ${inSet}`)
      }
      if (theirs === 'invalid') return
      tally.pairs++
      if (theirs === 'true') tally.matches++
    })
    return tally
  }

  it.each(names)('agrees with us on %s', async (name) => {
    const tally = await compare(name)
    tallies.set(name, tally)

    expect(tally.differences.slice(0, 10)).toEqual([])
  })

  it('keeps a branch or loses it by chance where we say that it is in doubt', async () => {
    const question = {pattern: '{"$or":[{"a":["x"]},{"a":["y","x"]}]}', event: '{"a":"y"}'}
    const answers = await oracle.ask(Array.from({length: 200}, () => question))

    expect(isDoubtful(question.pattern)).toBe(true)
    expect([...new Set(answers)].sort()).toEqual(['false', 'true'])
  })

  it('refuses the patterns that we refuse, in the words that we give for its own', async () => {
    const random = new Random(seed)
    const patterns = Array.from({length: halfValidCount}, () => halfValid(random))
    const answers = await oracle.ask(patterns.map((pattern) => ({pattern, event: '{}'})))
    const differences: string[] = []
    let refusedCount = 0
    patterns.forEach((pattern, at) => {
      const answer = answers[at] ?? ''
      const [ours, theirs] = [reasonOf(pattern), theirReason(answer, pattern)]
      if (ours?.startsWith('Rule is too complex') === true) return
      if (theirs !== undefined) refusedCount++
      const agree =
        speaksOfJson(pattern) || isOwnError(answer)
          ? (ours === undefined) === (theirs === undefined)
          : ours === theirs
      if (!agree) differences.push(`${pattern}: ${theirs}, not ${ours}`)
    })

    expect(differences.slice(0, 10)).toEqual([])
    expect(refusedCount / halfValidCount).toBeGreaterThan(0.5)
    expect(refusedCount / halfValidCount).toBeLessThan(0.95)
  })

  it('counts the complexity of a wildcard as we do', async () => {
    const random = new Random(seed)
    const patterns = Array.from({length: starryCount}, () => starry(random))
    const answers = await oracle.ask(patterns.map((pattern) => ({pattern, complexity: 11})))
    const ours = patterns.map((pattern) => 'verdict' in read(pattern))

    expect(patterns.filter((_, at) => ours[at] !== Number(answers[at]) > 10)).toEqual([])
    expect(ours.filter((isOver) => isOver).length).toBeGreaterThan(starryCount / 10)
  })

  it('was asked enough, of every operator, with matches and misses', () => {
    const all = [...tallies].map(([name, {pairs, matches}]) => ({name, pairs, share: matches / pairs}))
    const pairs = all.reduce((sum, tally) => sum + tally.pairs, 0)
    const matches = [...tallies.values()].reduce((sum, tally) => sum + tally.matches, 0)
    process.stdout.write(
      `event-ruler 2.0.1: ${pairs} pairs of pattern and event, ${all.length} operators and structures, ` +
        `${((100 * matches) / pairs).toFixed(1)} % match (EVENT_RULER_SEED=${seed})\n`,
    )

    expect(all.filter((tally) => tally.pairs < 2000)).toEqual([])
    expect(all.filter(({share}) => share < 0.25 || share > 0.75)).toEqual([])
    expect(pairs).toBeGreaterThan(100_000)
  })
})
