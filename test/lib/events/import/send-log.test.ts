import {mkdtemp, readFile, readdir, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {Readable} from 'node:stream'
import {gzipSync} from 'node:zlib'
import {openImport} from '../../../../src/lib/events/import/open-import'
import {defaultBadLinesFile, sendLog} from '../../../../src/lib/events/import/send-log'
import {putEvents} from '../../../../src/lib/events/put-events'
import type {FakeBus} from '../fake-bus'
import {startFakeBus} from '../fake-bus'

const line = 'h - ada [03/Nov/2026:10:15:27 +0100] "GET /a HTTP/1.1" 200 512 "-" "-"'
const {signal} = new AbortController()

describe('importing an access log', () => {
  let folder: string
  let bus: FakeBus

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'send-log-'))
    bus = await startFakeBus((entry) => (entry.Detail.includes('refused') ? 'InvalidArgument' : undefined))
  })

  afterEach(async () => {
    await bus.close()
    await rm(folder, {recursive: true})
  })

  async function importFile(text: string) {
    const file = join(folder, 'access.log.gz')
    await writeFile(file, gzipSync(text))
    const source = await openImport(file, undefined, Readable.from([]), signal)
    return sendLog(
      {
        put: await putEvents(bus.client, 'usage'),
        now: () => 0,
        sleep: async () => undefined,
        random: () => 0,
      },
      {
        bus: 'usage',
        items: source.items({source: 's', detailType: 't'}),
        concurrency: 1,
        failuresFile: join(folder, 'failures'),
        badLinesFile: join(folder, 'bad'),
      },
    )
  }

  it('counts lines that cannot be read among the rejected ones, and keeps them as they were', async () => {
    const {result} = await importFile(`${line}\nh - - [cut\n${line.replace('/a', '/refused')}\n`)

    expect(result).toEqual({
      readCount: 3,
      acceptedCount: 1,
      rejectedCount: 2,
      retriedCount: 0,
      durationMs: 0,
      failuresFile: join(folder, 'failures'),
      badLineCount: 1,
      badLinesFile: join(folder, 'bad'),
    })
    expect(await readFile(join(folder, 'bad'), 'utf8')).toBe('h - - [cut\n')
    expect(JSON.parse(await readFile(join(folder, 'failures'), 'utf8'))).toMatchObject({
      Source: 's',
      DetailType: 't',
    })
  })

  it('leaves no file behind when every line was sent', async () => {
    const {result} = await importFile(`${line}\n`)

    expect(result).toEqual({
      readCount: 1,
      acceptedCount: 1,
      rejectedCount: 0,
      retriedCount: 0,
      durationMs: 0,
      badLineCount: 0,
    })
    expect(await readdir(folder)).toEqual(['access.log.gz'])
  })

  it('names the file of unreadable lines after the log', () => {
    expect(defaultBadLinesFile('/var/log/access.log.gz')).toBe('access.log.bad-lines')
    expect(defaultBadLinesFile('-')).toBe('stdin.bad-lines')
  })

  it('refuses a mapping file that is not there', async () => {
    await expect(openImport('-', join(folder, 'none'), Readable.from([]), signal)).rejects.toMatchObject({
      code: 'INPUT_NOT_READABLE',
    })
  })
})
