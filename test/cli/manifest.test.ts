import {execFileSync} from 'node:child_process'
import {existsSync, readFileSync, readdirSync} from 'node:fs'
import {join, sep} from 'node:path'
import {root} from './run-tool'

interface Manifest {
  commands: Record<string, {summary?: string; description?: string; examples?: string[]}>
}

const text = readFileSync(join(root, 'oclif.manifest.json'), 'utf8')
const {commands} = JSON.parse(text) as Manifest
const ids = Object.keys(commands)

describe('oclif.manifest.json', () => {
  it('says what the built commands say', () => {
    const fresh = execFileSync(process.execPath, [join(root, 'scripts', 'manifest.js')], {encoding: 'utf8'})
    expect(fresh).toBe(text)
  })

  it('has every file of src/commands and nothing else', () => {
    const files = readdirSync(join(root, 'src', 'commands'), {recursive: true, encoding: 'utf8'})
    const expected = files
      .filter((file) => file.endsWith('.ts'))
      .map((file) => file.slice(0, -3).split(sep).join(':'))
    expect(ids).toEqual(expected.sort())
  })

  it('holds no path of the machine that built it', () => {
    expect(text).not.toContain(root)
  })

  it.each(ids)('%s has a summary, a description, an example and a built file', (id) => {
    const command = commands[id]
    expect(command?.summary).toMatch(/^[A-Z].*[^.]$/)
    expect(command?.description).toBeTruthy()
    expect(command?.examples?.length).toBeGreaterThan(0)
    expect(existsSync(join(root, 'dist', 'commands', `${id.replaceAll(':', '/')}.js`))).toBe(true)
  })
})
