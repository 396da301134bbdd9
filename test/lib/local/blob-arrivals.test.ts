import {cpSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {BlobStore} from '../../../src/lib/local/blob-store'
import {Store} from '../../../src/lib/local/store'

const at = Date.UTC(2026, 10, 22, 5)
let home: string
let store: Store
let blobs: BlobStore

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'arrivals-'))
  store = new Store(join(home, 'state'))
  blobs = new BlobStore(store, join(home, 'lake'))
  blobs.createBucket({name: 'lake', region: 'eu-west-1', createdAt: at})
})

afterEach(async () => {
  await store.close()
  rmSync(home, {recursive: true, force: true})
})

/** Writes files that are to become the objects of these keys. */
async function stage(...keys: string[]): Promise<{bucket: string; key: string; path: string}[]> {
  const folder = await blobs.stagingFolder()
  return keys.map((key, number) => {
    const path = join(folder, String(number))
    writeFileSync(path, `content of ${key}`)
    return {bucket: 'lake', key, path}
  })
}

function filesUnder(folder: string): string[] {
  const entries = readdirSync(folder, {withFileTypes: true, recursive: true})
  return entries.filter((entry) => entry.isFile()).map((entry) => entry.name)
}

describe('objects that arrive together', () => {
  it('are objects like all others', async () => {
    const arrivals = await stage('a/one', 'a/*')
    await blobs.adopt(arrivals, at, () => undefined)

    const found = [...blobs.list('lake')]

    expect(found.map((blob) => [blob.key, blob.sizeBytes, blob.lastModifiedAt])).toEqual([
      ['a/*', 14, at],
      ['a/one', 16, at],
    ])
    expect(blobs.head('lake', 'a/one')?.etag).toBe('06eb537d04d9eb17c078b12d509f27b1')
    expect(blobs.head('lake', 'a/one')?.path).toBe(join(home, 'lake/lake/a/one'))
  })

  it('are not there before the last of them is', async () => {
    const arrivals = await stage('a/one', 'a/two')
    let seen: string[] | undefined

    await blobs.adopt(arrivals, at, () => {
      seen = filesUnder(join(home, 'lake/lake'))
    })

    // Both files are in place, and only the transaction makes them objects.
    expect(seen).toEqual(['one', 'two'])
  })

  it('go together with everything else that the transaction writes, when it throws', async () => {
    const arrivals = await stage('a/b/one', 'a/two')
    const rows = store.collection<string>('rows')
    const refused = blobs.adopt(arrivals, at, () => {
      rows.put('a', 'b')
      throw new RangeError('no')
    })

    await expect(refused).rejects.toThrow('no')
    expect([...blobs.list('lake')]).toEqual([])
    expect(rows.get('a')).toBeUndefined()
    expect(existsSync(join(home, 'lake/lake/a'))).toBe(false)
  })

  it('leave nothing behind when the process ends with all files in place', async () => {
    const arrivals = await stage('a/one', 'b/*')
    const image = join(home, 'image')
    await blobs.adopt(arrivals, at, () => {
      cpSync(join(home, 'state'), join(image, 'state'), {recursive: true})
      cpSync(join(home, 'lake'), join(image, 'lake'), {recursive: true})
    })
    expect(filesUnder(join(image, 'lake/lake'))).toHaveLength(2)

    const again = new Store(join(image, 'state'))
    const opened = new BlobStore(again, join(image, 'lake'))

    expect([...opened.list('lake')]).toEqual([])
    expect(filesUnder(join(image, 'lake/lake'))).toEqual([])
    expect([...blobs.list('lake')]).toHaveLength(2)
    await again.close()
  })

  it('take no key that is taken', async () => {
    await blobs.put('lake', 'a/one', Buffer.from('mine'), {at})

    await expect(blobs.adopt(await stage('a/two', 'a/one'), at, () => undefined)).rejects.toMatchObject({
      code: 'PreconditionFailed',
    })
    expect([...blobs.list('lake')].map((blob) => [blob.key, blob.sizeBytes])).toEqual([['a/one', 4]])
    expect(filesUnder(join(home, 'lake/lake'))).toEqual(['one'])
  })
})
