import {appendFileSync, readFileSync, readdirSync, rmSync, truncateSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {Checkpoint} from '../../../../src/lib/events/checkpoint/checkpoint'
import {errorOf} from '../../../_helpers/error-of'
import {temporaryFolder} from '../../../_helpers/endpoint'

const mark = {input: 'file', head: 'abc', sizeBytes: 100, bus: 'usage'}
const choices = {seed: 1, now: 2}

describe('Checkpoint', () => {
  let folder: string
  let path: string

  beforeEach(() => {
    folder = temporaryFolder()
    path = join(folder, 'checkpoint')
  })
  afterEach(() => rmSync(folder, {recursive: true}))

  it('knows in a later run what an earlier one dealt with, and what it chose', () => {
    const first = Checkpoint.open(path, mark, choices)
    first.settle([0, 1, 2])
    first.settle([7, 5])
    first.close()
    const second = Checkpoint.open(path, mark, {seed: 99, now: 99})

    expect(second.settledCount).toBe(5)
    expect(second.choices).toEqual(choices)
    expect([0, 2, 3, 5, 6, 7, 8].map((number) => second.isSettled(number))).toEqual([
      ...[true, true, false, true, false, true, false],
    ])
    second.close()
  })

  it('forgets nothing where the process dies at once', () => {
    Checkpoint.open(path, mark, choices).settle([0, 1, 2])

    expect(Checkpoint.open(path, mark, choices).settledCount).toBe(3)
  })

  it('takes a last line that was cut short for not written', () => {
    const first = Checkpoint.open(path, mark, choices)
    first.settle([0, 1, 2])
    first.settle([3, 4, 5])
    truncateSync(path, readFileSync(path).length - 4)
    const second = Checkpoint.open(path, mark, choices)
    second.settle([3, 4, 5, 6])

    expect(second.settledCount).toBe(3)
    expect(Checkpoint.open(path, mark, choices).settledCount).toBe(7)
  })

  it('leaves one file', () => {
    Checkpoint.open(path, mark, choices).close()

    expect(readdirSync(folder)).toEqual(['checkpoint'])
  })

  it.each([
    [{...mark, head: 'other'}, 'head was abc and is other'],
    [{...mark, sizeBytes: 101}, 'sizeBytes was 100 and is 101'],
    [{...mark, bus: 'default'}, 'bus was usage and is default'],
    [{...mark, test: true}, 'test was none and is true'],
  ])('refuses another input, and says what differs', (other, words) => {
    Checkpoint.open(path, mark, choices).close()

    const error = errorOf(() => Checkpoint.open(path, other, choices))
    expect(error).toMatchObject({kind: 'usage', code: 'OTHER_INPUT'})
    expect(error.message).toContain(words)
  })

  it('refuses a file that is something else, and leaves it as it is', () => {
    writeFileSync(path, '{"eventId":"a"}\n')
    appendFileSync(path, 'more')

    expect(errorOf(() => Checkpoint.open(path, mark, choices))).toMatchObject({
      kind: 'usage',
      code: 'CHECKPOINT_DAMAGED',
    })
    expect(readFileSync(path, 'utf8')).toBe('{"eventId":"a"}\nmore')
  })

  it('refuses a place that cannot be written to', () => {
    const nowhere = join(folder, 'no', 'file')

    expect(errorOf(() => Checkpoint.open(nowhere, mark, choices))).toMatchObject({
      kind: 'usage',
      code: 'FILE_NOT_WRITABLE',
    })
  })
})
