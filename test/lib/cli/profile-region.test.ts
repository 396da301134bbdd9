import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {regionOfProfile} from '../../../src/lib/cli/profile-region'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'usage-tracker-'))
  file = join(folder, 'config')
  writeFileSync(
    file,
    '[default]\nregion = eu-west-1\n[profile prod]\ns3 =\n  region = nested\nregion=eu-west-2\n[sso-session prod]\nsso_region = x\n[profile bare]\noutput = json\n',
  )
})
afterEach(() => rmSync(folder, {recursive: true}))

describe('regionOfProfile', () => {
  it.each([
    [undefined, 'eu-west-1'],
    ['default', 'eu-west-1'],
    ['prod', 'eu-west-2'],
    ['bare', undefined],
    ['missing', undefined],
  ])('of %s is %s', (profile, region) => {
    expect(regionOfProfile({AWS_CONFIG_FILE: file}, '/nowhere', profile)).toBe(region)
  })

  it('is undefined where there is no configuration file', () => {
    expect(regionOfProfile({}, folder, undefined)).toBeUndefined()
  })
})
