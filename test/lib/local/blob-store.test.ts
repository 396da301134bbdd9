import {existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import type {Readable} from 'node:stream'
import fc, {runs} from '../../_helpers/properties'
import {BlobStore} from '../../../src/lib/local/blob-store'
import {Store} from '../../../src/lib/local/store'

const at = Date.UTC(2026, 10, 22, 5)
let home: string
let store: Store
let blobs: BlobStore

async function textOf(stream: Readable): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}

async function putText(key: string, text: string): Promise<void> {
  await blobs.put('lake', key, Buffer.from(text), {at})
}

async function readText(key: string): Promise<string | undefined> {
  const blob = blobs.head('lake', key)
  return blob && textOf(blobs.read(blob))
}

const keysOf = (found: Iterable<{key: string}>): string[] => [...found].map((blob) => blob.key)

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'blobs-'))
  store = new Store(join(home, 'state'))
  blobs = new BlobStore(store, join(home, 'lake'))
  blobs.createBucket({name: 'lake', region: 'eu-west-1', createdAt: at})
})

afterEach(async () => {
  await store.close()
  rmSync(home, {recursive: true, force: true})
})

describe('BlobStore', () => {
  it('keeps content, size, MD5, moment and headers of an object', async () => {
    await blobs.put('lake', 'a/hello.txt', Buffer.from('hello'), {
      at,
      contentType: 'text/plain',
      metadata: {team: 'x'},
    })

    expect(blobs.head('lake', 'a/hello.txt')).toEqual({
      key: 'a/hello.txt',
      sizeBytes: 5,
      etag: '5d41402abc4b2a76b9719d911017c592',
      lastModifiedAt: at,
      contentType: 'text/plain',
      contentEncoding: undefined,
      metadata: {team: 'x'},
      properties: {},
      path: join(home, 'lake', 'lake', 'a', 'hello.txt'),
    })
  })

  it('takes a body in pieces', async () => {
    async function* pieces(): AsyncIterable<Buffer> {
      yield Buffer.from('one ')
      yield Buffer.from('two')
    }

    await blobs.put('lake', 'x', pieces(), {at})

    expect(await readText('x')).toBe('one two')
  })

  it('lays plain keys down as files that a person can find', async () => {
    await putText('events/dt=2026-11-22/hour=05/part-1.gz', 'rows')

    expect(readFileSync(join(home, 'lake/lake/events/dt=2026-11-22/hour=05/part-1.gz'), 'utf8')).toBe('rows')
  })

  it.each([
    '../../up',
    'a/../../b',
    '..',
    '.',
    'a//b',
    '/a',
    'a/',
    'nul\0byte',
    '.keys/x',
    'back\\slash',
    'c:x',
    'x'.repeat(300),
    'q*?[1]',
  ])('keeps the key %j inside the folder of its bucket', async (key) => {
    await putText(key, 'inside')

    expect(await readText(key)).toBe('inside')
    expect(blobs.head('lake', key)?.path).toMatch(join(home, 'lake', 'lake', '.keys', '/'))
    expect(readdirSync(home).sort()).toEqual(['lake', 'state'])
  })

  it('keeps the extensions of an escaped key, for readers that go by them', async () => {
    await putText('a//b.json.gz', 'x')

    expect(blobs.head('lake', 'a//b.json.gz')?.path).toMatch(/\/\.keys\/[0-9a-f]{64}\.json\.gz$/)
  })

  it('holds a key that is also the folder of another', async () => {
    await putText('a', 'file')
    await putText('a/b', 'below')
    await putText('c/d', 'below')
    await putText('c', 'file')

    expect(await Promise.all(['a', 'a/b', 'c', 'c/d'].map(readText))).toEqual([
      'file',
      'below',
      'file',
      'below',
    ])
  })

  it('gives back what was put, for keys of any characters', async () => {
    const key = fc.oneof(
      fc.string({minLength: 1, maxLength: 40, unit: 'binary'}),
      fc
        .array(fc.constantFrom('a', 'A', '.', '..', '/', ' ', 'é', '😀', '\0', '%2F', '~'), {
          minLength: 1,
          maxLength: 8,
        })
        .map((x) => x.join('')),
    )
    const contents = fc.dictionary(key, fc.string(), {maxKeys: 8, noNullPrototype: true})

    await fc.assert(
      fc.asyncProperty(contents, async (objects) => {
        for (const [name, text] of Object.entries(objects)) await putText(name, text)

        for (const [name, text] of Object.entries(objects)) expect(await readText(name)).toBe(text)
        for (const name of Object.keys(objects)) await blobs.delete('lake', name)
        expect([...blobs.list('lake')]).toEqual([])
      }),
      {numRuns: runs(6, 25)},
    )
  })

  it('lists in the order of UTF-8 bytes, where UTF-16 would order otherwise', async () => {
    for (const key of ['😀', 'ａ', 'b', 'B', 'a/b', 'a-b', 'é']) await putText(key, '')

    expect(keysOf(blobs.list('lake'))).toEqual(['B', 'a-b', 'a/b', 'b', 'é', 'ａ', '😀'])
  })

  it('lists below a prefix and after a key, also a key beside the prefix', async () => {
    for (const key of ['a/1', 'a/2', 'a/3', 'b/1']) await putText(key, '')

    expect(keysOf(blobs.list('lake', 'a/', 'a/1'))).toEqual(['a/2', 'a/3'])
    expect(keysOf(blobs.list('lake', 'b/', 'a/2'))).toEqual(['b/1'])
    expect(keysOf(blobs.list('lake', 'a/', 'b'))).toEqual([])
  })

  it('reads a range up to and without its end', async () => {
    await putText('x', '0123456789')

    const blob = blobs.head('lake', 'x')

    expect(blob && (await textOf(blobs.read(blob, {from: 2, to: 5})))).toBe('234')
  })

  it('still reads the old content whole when the object is overwritten after the reading began', async () => {
    await putText('x', 'old')
    const blob = blobs.head('lake', 'x')
    const stream = blob && blobs.read(blob)

    await putText('x', 'new and longer')

    expect(stream && (await textOf(stream))).toBe('old')
    expect(await readText('x')).toBe('new and longer')
  })

  it('leaves the old object when the body breaks off', async () => {
    await putText('x', 'old')
    async function* breaking(): AsyncIterable<Buffer> {
      yield Buffer.from('new')
      throw new RangeError('connection lost')
    }

    await expect(blobs.put('lake', 'x', breaking(), {at})).rejects.toThrow('connection lost')

    expect(await readText('x')).toBe('old')
    expect(readdirSync(join(home, 'lake/.incoming'))).toEqual([])
  })

  it('leaves the old object when the precondition refuses', async () => {
    await putText('x', 'old')
    const precondition = (): never => {
      throw new RangeError('not now')
    }

    await expect(blobs.put('lake', 'x', Buffer.from('new'), {at, precondition})).rejects.toThrow('not now')

    expect(await readText('x')).toBe('old')
  })

  it('takes the file as the object after a crash between rename and row', async () => {
    await putText('x', 'old')
    writeFileSync(join(home, 'lake/lake/x'), 'the new one')

    expect(blobs.head('lake', 'x')).toMatchObject({sizeBytes: 11, etag: '6217b98b7d21775fed13d433a2d94e56'})
    expect([...blobs.list('lake')][0]).toMatchObject({sizeBytes: 11})
  })

  it('has no object whose file is gone', async () => {
    await putText('x', 'old')
    rmSync(join(home, 'lake/lake/x'))

    expect(blobs.head('lake', 'x')).toBeUndefined()
  })

  it('removes what an interrupted write has left when it opens', () => {
    writeFileSync(join(home, 'lake/.incoming/half'), 'half')

    new BlobStore(store, join(home, 'lake'))

    expect(readdirSync(join(home, 'lake/.incoming'))).toEqual([])
  })

  it('ends with the last of many puts of one key', async () => {
    await Promise.all(Array.from({length: 20}, (_, n) => putText('x', `put ${n}`)))

    const blob = blobs.head('lake', 'x')
    const content = await readText('x')
    expect(content).toMatch(/^put \d+$/)
    expect(blob?.sizeBytes).toBe(content?.length)
  })

  it('removes the folders that a delete leaves empty, and nothing else', async () => {
    await putText('a/b/c', '1')
    await putText('a/d', '2')

    await blobs.delete('lake', 'a/b/c')

    expect(existsSync(join(home, 'lake/lake/a/b'))).toBe(false)
    expect(await readText('a/d')).toBe('2')
  })

  it('survives puts and deletes in one folder at the same time', async () => {
    const rounds = Array.from({length: 30}, (_, n) => n)

    await Promise.all(
      rounds.map(async (n) => {
        await putText(`a/b/${n}`, String(n))
        if (n % 2 === 0) await blobs.delete('lake', `a/b/${n}`)
      }),
    )

    expect(keysOf(blobs.list('lake'))).toHaveLength(15)
    expect(await readText('a/b/29')).toBe('29')
  })

  it('refuses to put into a bucket that is not there', async () => {
    await expect(blobs.put('nowhere', 'x', Buffer.from(''), {at})).rejects.toMatchObject({
      code: 'NoSuchBucket',
      status: 404,
    })
  })

  it('refuses a key of more than 1024 bytes', async () => {
    await expect(putText('é'.repeat(513), '')).rejects.toMatchObject({code: 'KeyTooLongError'})
  })

  it.each(['ab', 'Upper', '../up', 'a/b', '192.168.1.1', 'a..b', '-ab'])(
    'refuses the bucket name %j',
    (name) => {
      expect(() => blobs.createBucket({name, region: 'eu-west-1', createdAt: at})).toThrow('not valid')
    },
  )

  it('refuses a second bucket of one name', () => {
    expect(() => blobs.createBucket({name: 'lake', region: 'eu-west-1', createdAt: at})).toThrow(
      expect.objectContaining({code: 'BucketAlreadyOwnedByYou', status: 409}),
    )
  })

  it('deletes a bucket only when it is empty', async () => {
    await putText('a/b', '1')

    expect(() => blobs.deleteBucket('lake')).toThrow(
      expect.objectContaining({code: 'BucketNotEmpty', status: 409}),
    )
    await blobs.delete('lake', 'a/b')
    blobs.deleteBucket('lake')

    expect(blobs.bucket('lake')).toBeUndefined()
  })

  it('keeps files that are not its own when a bucket goes', () => {
    mkdirSync(join(home, 'lake/lake'), {recursive: true})
    writeFileSync(join(home, 'lake/lake/notes.txt'), 'mine')

    blobs.deleteBucket('lake')

    expect(existsSync(join(home, 'lake/lake/notes.txt'))).toBe(true)
  })
})
