import {execFileSync} from 'node:child_process'
import {readFileSync} from 'node:fs'
import {join} from 'node:path'

const root = join(__dirname, '..', '..')

describe.each(['commands', 'permissions'])('docs/%s.md', (name) => {
  it('says what the commands are now (npm run docs writes it)', () => {
    const wanted = execFileSync(process.execPath, [join(root, 'scripts', 'docs.js'), '--print', name], {
      encoding: 'utf8',
    })

    expect(readFileSync(join(root, 'docs', `${name}.md`), 'utf8')).toBe(wanted)
  })
})
