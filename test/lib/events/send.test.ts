import {mkdtemp, readFile, readdir, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {Readable} from 'node:stream'
import {checkBus} from '../../../src/lib/events/check-bus'
import {openInput} from '../../../src/lib/events/open-input'
import {parseInput} from '../../../src/lib/events/parse-input'
import type {SendOptions, SendOutcome} from '../../../src/lib/events/send'
import {sendEvents} from '../../../src/lib/events/send'
import {putEvents} from '../../../src/lib/events/put-events'
import type {FakeBus} from './fake-bus'
import {startFakeBus} from './fake-bus'

describe('sending events', () => {
  let folder: string
  let bus: FakeBus

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'send-'))
  })

  afterEach(async () => {
    await bus.close()
    await rm(folder, {recursive: true})
  })

  async function send(text: string, more: Partial<SendOptions> = {}): Promise<SendOutcome> {
    let clock = 0
    const chunks = await openInput('-', Readable.from([Buffer.from(text)]))
    return sendEvents(
      {
        put: await putEvents(bus.client, 'usage'),
        now: () => (clock += 1500),
        sleep: async () => undefined,
        random: () => 0,
      },
      {
        bus: 'usage',
        items: parseInput(chunks, {source: 'my-applications', detailType: 'api-usage-event', bus: 'usage'}),
        concurrency: 2,
        ...more,
      },
    )
  }

  it('sends to the bus and answers the counts and the time it took', async () => {
    bus = await startFakeBus()

    const {result, reasons, interrupted} = await send(
      '{"eventId":"a","occurredAt":"2026-11-03T09:15:27.412Z"}\n',
    )

    expect(result).toEqual({
      readCount: 1,
      acceptedCount: 1,
      rejectedCount: 0,
      retriedCount: 0,
      durationMs: expect.any(Number) as number,
    })
    expect(reasons).toEqual([])
    expect(interrupted).toBe(false)
    expect(bus.accepted).toEqual([
      {
        EventBusName: 'usage',
        Source: 'my-applications',
        DetailType: 'api-usage-event',
        Detail: '{"eventId":"a","occurredAt":"2026-11-03T09:15:27.412Z"}',
        Time: 1793697327.412,
      },
    ])
  })

  it('keeps rejected events as PutEvents entries that can be sent again', async () => {
    let refuses = true
    bus = await startFakeBus((entry) =>
      refuses && entry.Detail.includes('bad') ? 'MalformedDetail' : undefined,
    )
    const failuresFile = join(folder, 'failed.ndjson')

    const first = await send('{"eventId":"good"}\n{"eventId":"bad"}\n{"eventId":\n', {failuresFile})

    expect(first.result).toMatchObject({readCount: 3, acceptedCount: 1, rejectedCount: 2, failuresFile})
    expect(await readFile(failuresFile, 'utf8')).toBe(
      '{"eventId":\n{"Source":"my-applications","DetailType":"api-usage-event","Detail":"{\\"eventId\\":\\"bad\\"}"}\n',
    )

    refuses = false
    const second = await send(await readFile(failuresFile, 'utf8'))
    expect(second.result).toMatchObject({readCount: 2, acceptedCount: 1, rejectedCount: 1})
    expect(bus.accepted.map((e) => e.Detail)).toEqual(['{"eventId":"good"}', '{"eventId":"bad"}'])
  })

  it('counts rejections by reason, the first of each with its place', async () => {
    bus = await startFakeBus(() => 'InvalidArgument')

    const {reasons} = await send('{"eventId":"a"}\nnonsense\n{"eventId":"b"}\n')

    expect(reasons).toEqual([
      {code: 'InvalidArgument', count: 2, firstMessage: 'refused: InvalidArgument', firstPosition: 'line 1'},
      expect.objectContaining({code: 'NOT_JSON', count: 1, firstPosition: 'line 2'}),
    ])
  })

  it('leaves no file behind when nothing was rejected', async () => {
    bus = await startFakeBus()

    const {result} = await send('{"eventId":"a"}\n', {failuresFile: join(folder, 'failed.ndjson')})

    expect(result).not.toHaveProperty('failuresFile')
    expect(await readdir(folder)).toEqual([])
  })

  it('may write its failures over the file that it reads', async () => {
    bus = await startFakeBus((entry) => (entry.Detail.includes('1') ? 'InvalidArgument' : undefined))
    const file = join(folder, 'events.ndjson')
    await writeFile(file, '{"eventId":"1"}\n{"eventId":"2"}\n')
    const chunks = await openInput(file, Readable.from([]))

    const {result} = await send('', {
      items: parseInput(chunks, {source: 's', detailType: 't', bus: 'usage'}),
      failuresFile: file,
    })

    expect(result).toMatchObject({acceptedCount: 1, rejectedCount: 1})
    expect(await readFile(file, 'utf8')).toBe(
      '{"Source":"s","DetailType":"t","Detail":"{\\"eventId\\":\\"1\\"}"}\n',
    )
  })

  it('refuses a failures file that cannot be written, before it sends anything', async () => {
    bus = await startFakeBus()

    await expect(send('{"eventId":"a"}\n', {failuresFile: join(folder, 'no', 'file')})).rejects.toMatchObject(
      {
        kind: 'usage',
        code: 'FILE_NOT_WRITABLE',
      },
    )
    expect(bus.accepted).toEqual([])
  })

  it('rejects an event that is larger than a request may be, and sends the others', async () => {
    bus = await startFakeBus()
    const large = JSON.stringify({eventId: 'x'.repeat(1_048_576)})

    const {result, reasons} = await send(`{"eventId":"a"}\n${large}\n{"eventId":"b"}\n`)

    expect(result).toMatchObject({readCount: 3, acceptedCount: 2, rejectedCount: 1})
    expect(reasons).toMatchObject([{code: 'ENTRY_TOO_LARGE', firstPosition: 'line 2'}])
  })

  it('finds a bus that exists, and names the command that makes one that does not', async () => {
    bus = await startFakeBus()

    await expect(checkBus(bus.client, 'usage')).resolves.toBeUndefined()
    await expect(checkBus(bus.client, 'nobody')).rejects.toMatchObject({
      kind: 'absent',
      code: 'BUS_ABSENT',
      hint: expect.stringContaining('bind-target'),
    })
  })
})
