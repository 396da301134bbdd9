import {rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {patternOfArgument} from '../../../src/lib/binding/pattern-argument'
import {temporaryFolder} from '../../_helpers/endpoint'

describe('patternOfArgument', () => {
  it('takes the pattern as it stands', async () => {
    expect(await patternOfArgument('{"source":["a"]}')).toBe('{"source":["a"]}')
  })

  it('reads the pattern from a file', async () => {
    const folder = temporaryFolder()
    const file = join(folder, 'pattern.json')
    writeFileSync(file, '{"source":["a"]}\n')

    expect(await patternOfArgument(`@${file}`)).toBe('{"source":["a"]}')
    rmSync(folder, {recursive: true})
  })

  it('has nothing where nothing is given', async () => {
    expect(await patternOfArgument(undefined)).toBeUndefined()
  })

  it('says where a pattern is wrong', async () => {
    await expect(patternOfArgument('{"source":[}')).rejects.toMatchObject({
      kind: 'usage',
      code: 'BAD_PATTERN',
      message: expect.stringContaining('line 1, column 12') as string,
    })
  })

  it('says so where the file is missing', async () => {
    await expect(patternOfArgument('@/nowhere/pattern.json')).rejects.toMatchObject({
      kind: 'usage',
      code: 'PATTERN_FILE',
    })
  })
})
