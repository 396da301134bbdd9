import {existsSync, statSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {openDataFolder} from '../../../src/lib/local/data-folder'
import {temporaryFolder} from '../../_helpers/endpoint'

const unusable = expect.objectContaining({kind: 'usage', code: 'DATA_FOLDER_UNUSABLE'}) as Error
const onLinux = existsSync('/proc/self') ? describe : describe.skip

describe('openDataFolder', () => {
  it('makes the folder and those above it', () => {
    const path = join(temporaryFolder(), 'a', 'b')

    expect(statSync(openDataFolder(path, '1.0.0').bucketsPath).isDirectory()).toBe(true)
  })

  it('opens a folder that is there', () => {
    const path = temporaryFolder()

    openDataFolder(path, '1.0.0')

    expect(openDataFolder(path, '1.0.1').path).toBe(path)
  })

  it('refuses a folder of another format', () => {
    const path = temporaryFolder()
    writeFileSync(join(path, 'format.json'), '{"format":99}')

    expect(() => openDataFolder(path, '1.0.0')).toThrow(
      expect.objectContaining({code: 'DATA_FOLDER_VERSION'}),
    )
  })

  it('refuses a path below a file', () => {
    const file = join(temporaryFolder(), 'file')
    writeFileSync(file, '')

    expect(() => openDataFolder(join(file, 'data'), '1.0.0')).toThrow(unusable)
  })

  it('refuses a folder whose part is a file', () => {
    const path = temporaryFolder()
    writeFileSync(join(path, 'buckets'), '')

    expect(() => openDataFolder(path, '1.0.0')).toThrow(unusable)
  })
})

onLinux('openDataFolder under /proc', () => {
  it('refuses, and does not try for ever', () => {
    expect(() => openDataFolder('/proc/usage-tracker/data', '1.0.0')).toThrow(unusable)
  })
})
