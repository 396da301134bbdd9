import {mkdtemp, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {PassThrough, Readable} from 'node:stream'
import {openInput} from '../../../src/lib/events/open-input'

async function textFrom(chunks: AsyncIterable<string>): Promise<string> {
  let text = ''
  for await (const chunk of chunks) text += chunk
  return text
}

describe('openInput', () => {
  let folder: string

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'open-input-'))
  })

  afterEach(async () => {
    await rm(folder, {recursive: true})
  })

  it('reads a file', async () => {
    const file = join(folder, 'events.ndjson')
    await writeFile(file, 'é\n')

    expect(await textFrom(await openInput(file, Readable.from([])))).toBe('é\n')
  })

  it('reads standard input for -', async () => {
    expect(await textFrom(await openInput('-', Readable.from([Buffer.from('a'), Buffer.from('b')])))).toBe(
      'ab',
    )
  })

  it('refuses a file that is not there, before anything is read', async () => {
    const file = join(folder, 'none')

    await expect(openInput(file, Readable.from([]))).rejects.toMatchObject({
      kind: 'usage',
      code: 'INPUT_NOT_READABLE',
      message: `${file} cannot be read: there is no such file.`,
    })
  })

  it('refuses a folder', async () => {
    await expect(openInput(folder, Readable.from([]))).rejects.toMatchObject({
      message: `${folder} cannot be read: it is a folder.`,
    })
  })

  it('stops waiting for input at the signal', async () => {
    const abort = new AbortController()
    const text = textFrom(await openInput('-', new PassThrough(), abort.signal))

    abort.abort()

    await expect(text).rejects.toMatchObject({name: 'AbortError'})
  })
})
