import {rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {patternOfArgument} from '../../../src/lib/cli/pattern-argument'
import {temporaryFolder} from '../../_helpers/endpoint'

describe('patternOfArgument', () => {
  it('takes the pattern as it stands', async () => {
    expect((await patternOfArgument('{"source":["a"]}')).text).toBe('{"source":["a"]}')
  })

  it('reads the pattern from a file', async () => {
    const folder = temporaryFolder()
    const file = join(folder, 'pattern.json')
    writeFileSync(file, '{"source":["a"]}\n')

    expect((await patternOfArgument(`@${file}`)).text).toBe('{"source":["a"]}')
    rmSync(folder, {recursive: true})
  })

  it('refuses a pattern that is longer than EventBridge takes', async () => {
    const pattern = JSON.stringify({source: ['a'.repeat(2_048)]})

    await expect(patternOfArgument(pattern)).rejects.toMatchObject({kind: 'usage', code: 'PATTERN_TOO_LONG'})
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
