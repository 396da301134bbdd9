import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {bindingWords} from '../../../src/lib/cli/binding-flags'
import {temporaryFolder} from '../../_helpers/endpoint'

describe('bindingWords', () => {
  it('reads pairs, of which a value may hold the sign', async () => {
    const words = await bindingWords({tag: ['team=platform', 'note=a=b', 'empty='], 'input-map': ['id=$.id']})

    expect(words.tags).toEqual({team: 'platform', note: 'a=b', empty: ''})
    expect(words.inputMap).toEqual({id: '$.id'})
  })

  it.each(['team', '=platform'])('refuses the pair %s', async (text) => {
    await expect(bindingWords({tag: [text]})).rejects.toMatchObject({kind: 'usage', code: 'BAD_PAIR'})
  })

  it('reads a template from a file as it is, its last newline included', async () => {
    const file = join(temporaryFolder(), 'template.json')
    writeFileSync(file, '{"a":<a>}\n')

    expect((await bindingWords({'input-template': `@${file}`})).inputTemplate).toBe('{"a":<a>}\n')
    expect((await bindingWords({'input-template': '{"a":<a>}'})).inputTemplate).toBe('{"a":<a>}')
  })

  it('names the flag where the file cannot be read', async () => {
    await expect(bindingWords({'input-template': '@/nowhere/x'})).rejects.toMatchObject({
      kind: 'usage',
      code: 'TEXT_FILE',
      message: expect.stringMatching(/^The file of --input-template cannot be read: /) as string,
    })
  })
})
