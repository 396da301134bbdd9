import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {settingOfProfile} from '../../../src/lib/cli/profile-setting'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'usage-tracker-'))
  file = join(folder, 'config')
  writeFileSync(
    file,
    '[default]\nregion = eu-west-1\n[profile prod]\ns3 =\n  region = nested\nregion=eu-west-2\n[sso-session prod]\nsso_region = x\n[profile bare]\noutput = json\nca_bundle = /etc/my certificates/ca.pem  # of the proxy\n',
  )
})
afterEach(() => rmSync(folder, {recursive: true}))

describe('settingOfProfile', () => {
  it.each([
    [undefined, 'eu-west-1'],
    ['default', 'eu-west-1'],
    ['prod', 'eu-west-2'],
    ['bare', undefined],
    ['missing', undefined],
  ])('gives %s the region %s', (profile, region) => {
    expect(settingOfProfile({AWS_CONFIG_FILE: file}, '/nowhere', profile, 'region')).toBe(region)
  })

  it('keeps the blanks inside a value and drops the remark behind it', () => {
    expect(settingOfProfile({AWS_CONFIG_FILE: file}, '/nowhere', 'bare', 'ca_bundle')).toBe(
      '/etc/my certificates/ca.pem',
    )
  })

  it('is undefined where there is no configuration file', () => {
    expect(settingOfProfile({}, folder, undefined, 'region')).toBeUndefined()
  })
})
