import type {ExtendedS3DestinationConfiguration} from '@aws-sdk/client-firehose'
import {DeleteTableCommand, UpdateTableCommand} from '@aws-sdk/client-glue'
import fc, {runs} from '../../../../_helpers/properties'
import {parquetCodecs} from '../../../../_helpers/parquet'
import {ConvertingStream, destination, glueStatement, parquetTable, role} from './converting'

jest.setTimeout(60_000)

const columns = {
  id: 'string',
  detail_type: 'string',
  tags: 'array<string>',
  detail:
    'struct<eventid:string,quantity:string,durationms:double,sequence:bigint,test:boolean,customer:struct<id:string>,attributes:map<string,string>,items:array<struct<sku:string,price:decimal(10,2)>>>',
}
const mapped = {
  InputFormatConfiguration: {
    Deserializer: {OpenXJsonSerDe: {ColumnToJsonKeyMappings: {detail_type: 'detail-type'}}},
  },
}

let stream: ConvertingStream
const openWith = async (types: Record<string, string>): Promise<void> => {
  stream = await ConvertingStream.open(types)
}
afterEach(() => stream.discard())

describe('a delivery stream that converts to Parquet', () => {
  it('writes the columns of its table, nested ones too, and no digit of a number is lost', async () => {
    await openWith(columns)
    await stream.create(mapped)
    await stream.put(
      '{"id":"1","detail-type":"call","tags":["a",null],"detail":{"eventId":"e1","quantity":12345678901234567890.10,' +
        '"durationMs":0.30000000000000004,"sequence":9007199254740993,"test":true,"customer":{"id":"c","other":1},' +
        '"attributes":{"Key":"v","n":5.10},"items":[{"sku":"k","price":1.105},null]},"unknown":{"x":[1]}}',
      '{"id":2,"detail":{}}',
    )
    await stream.lake.endpoint.flush()

    const [key = '', ...others] = await stream.keys('calls/')
    const content = await stream.content(key)
    const answer = await stream.lake.ask('SELECT * FROM calls ORDER BY id')

    expect(others).toEqual([])
    expect(key).toMatch(/^calls\/\d{4}\/\d\d\/\d\d\/\d\d\/usage-1-[-0-9a-f]+\.parquet$/)
    expect([content.subarray(0, 4).toString(), content.subarray(-4).toString()]).toEqual(['PAR1', 'PAR1'])
    expect(answer.reason).toBeUndefined()
    expect(answer.rows).toEqual([
      [
        '1',
        'call',
        '[a, null]',
        '{eventid=e1, quantity=12345678901234567890.10, durationms=0.30000000000000004, sequence=9007199254740993, ' +
          'test=true, customer={id=c}, attributes={key=v, n=5.10}, items=[{sku=k, price=1.11}, null]}',
      ],
      [
        '2',
        null,
        null,
        '{eventid=null, quantity=null, durationms=null, sequence=null, test=null, customer=null, attributes=null, items=null}',
      ],
    ])
  })

  it('puts what does not convert aside, record by record, and says why', async () => {
    await openWith({n: 'int', s: 'struct<a:int>', m: 'map<string,int>', b: 'boolean', t: 'timestamp'})
    await stream.create()
    const cases: [record: string, code: string, message: RegExp][] = [
      ['', 'MalformedData', /^The record was empty or contained only whitespace\.$/],
      [' \n', 'MalformedData', /^The record was empty/],
      ['no json', 'ParseError', /^Encountered malformed JSON\. /],
      ['{"n":1} and more', 'ParseError', /^Encountered malformed JSON\. /],
      ['[{"n":1}]', 'MalformedData', /^The input JSON contained a primitive at the top level/],
      ['7', 'MalformedData', /^The input JSON contained a primitive at the top level/],
      ['{"n":"oops"}', 'MalformedData', /^Data does not match the schema\. For input string: "oops"$/],
      ['{"n":2147483648}', 'MalformedData', /For input string: "2147483648"$/],
      ['{"n":1.5}', 'MalformedData', /For input string: "1\.5"$/],
      ['{"s":42}', 'MalformedData', /Data is not JSONObject {2}but java\.lang\.Long with value 42$/],
      ['{"m":[1]}', 'MalformedData', /cannot be cast to java\.util\.Map$/],
      ['{"b":1}', 'MalformedData', /cannot be cast to java\.lang\.Boolean$/],
      ['{"t":"yesterday"}', 'MalformedData', /For input string: "yesterday"$/],
      ['{"t":"2026-02-30 00:00:00"}', 'MalformedData', /For input string: "2026-02-30 00:00:00"$/],
    ]
    await stream.put('{"n":1}', ...cases.map(([record]) => record), '{"n":"2"}')
    await stream.lake.endpoint.flush()

    const errors = await stream.errors()

    expect((await stream.lake.ask('SELECT n FROM calls ORDER BY n')).rows).toEqual([['1'], ['2']])
    expect(errors).toHaveLength(cases.length)
    for (const [place, [record, code, message]] of cases.entries()) {
      const {lastErrorCode, lastErrorMessage, rawData} = errors[place] ?? {}
      expect([Buffer.from(rawData ?? '', 'base64').toString(), lastErrorCode]).toEqual([
        record,
        `DataFormatConversion.${code}`,
      ])
      expect(lastErrorMessage).toMatch(message)
    }
  })

  it('writes an error record in the form of the service', async () => {
    await openWith({n: 'int'})
    await stream.create()
    await stream.put(Buffer.from([0x7b, 0xff, 0x7d]))
    await stream.lake.endpoint.flush()

    const [error] = await stream.errors()
    const [key = ''] = await stream.keys('errors/')

    expect(key).toMatch(
      /^errors\/format-conversion-failed\/usage-1-\d{4}(-\d\d){5}-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
    )
    expect(error).toEqual({
      attemptsMade: 1,
      arrivalTimestamp: expect.any(Number) as number,
      lastErrorCode: 'DataFormatConversion.ParseError',
      lastErrorMessage: 'Encountered malformed JSON. Invalid UTF-8',
      attemptEndingTimestamp: expect.any(Number) as number,
      rawData: 'e/99',
      sequenceNumber: expect.stringMatching(/^\d+$/) as string,
      subSequenceNumber: 0,
      dataCatalogTable: {
        catalogId: '000000000000',
        databaseName: 'usage',
        tableName: 'calls',
        region: 'eu-west-1',
        versionId: 'LATEST',
        catalogArn: 'arn:aws:glue:eu-west-1:000000000000:catalog',
      },
    })
    expect(await stream.keys('calls/')).toEqual([])
  })

  it('reads several documents of one record, and what the SerDe takes in another form', async () => {
    await openWith({n: 'bigint', tags: 'array<string>', s: 'struct<a:string,b:int>', o: 'string'})
    await stream.create()
    await stream.put(
      '{"n":1}{"N":2}\n {"n":"0x0f","tags":"one","s":["x",7,"extra"]}',
      '{"n":3,"o":{"Outer":[1.50,{"Inner":true}]},"s":"","tags":[4]}',
    )
    await stream.lake.endpoint.flush()

    expect(await stream.errors()).toEqual([])
    expect((await stream.lake.ask('SELECT * FROM calls ORDER BY n')).rows).toEqual([
      ['1', null, null, null],
      ['2', null, null, null],
      ['3', '[4]', null, '{"outer":[1.50,{"inner":true}]}'],
      ['15', '[one]', '{a=x, b=7}', null],
    ])
  })

  it('tells keys apart by case where it is asked to', async () => {
    await openWith({n: 'int', m: 'map<string,string>'})
    const Deserializer = {OpenXJsonSerDe: {CaseInsensitive: false}}
    await stream.create({InputFormatConfiguration: {Deserializer}})
    await stream.put('{"N":1,"m":{"Key":"v"}}')
    await stream.lake.endpoint.flush()

    expect((await stream.lake.ask('SELECT * FROM calls')).rows).toEqual([[null, '{Key=v}']])
  })

  it.each([
    ['GZIP', 'GZIP'],
    ['UNCOMPRESSED', 'UNCOMPRESSED'],
    [undefined, 'SNAPPY'],
  ] as const)('packs columns as its serializer says: %s', async (Compression, packed) => {
    await openWith({n: 'int'})
    await stream.create({OutputFormatConfiguration: {Serializer: {ParquetSerDe: {Compression}}}})
    await stream.put(...Array.from({length: 100}, (_, n) => JSON.stringify({n: n * 7919})))
    await stream.lake.endpoint.flush()

    const [key = ''] = await stream.keys('calls/')
    const codecs = await parquetCodecs(await stream.content(key))

    expect(codecs).toEqual([packed])
    expect((await stream.lake.ask('SELECT count(*), sum(n) FROM calls')).rows).toEqual([['100', '39199050']])
  })

  it('counts what it converts and what it does not', async () => {
    await openWith({n: 'int'})
    await stream.create()
    await stream.put('{"n":1}', '{"n":2}', '{"n":"x"}')
    await stream.lake.endpoint.flush()

    const counted = await stream.sums([
      'SucceedConversion.Records',
      'SucceedConversion.Bytes',
      'FailedConversion.Records',
      'FailedConversion.Bytes',
      'DeliveryToS3.Records',
      'DeliveryToS3.ObjectCount',
    ])

    expect(counted).toEqual([2, 14, 1, 9, 2, 1])
  })

  it('puts errors behind its prefix where it has no other for them', async () => {
    await openWith({n: 'int'})
    await stream.create({}, {ErrorOutputPrefix: undefined})
    await stream.put('x')
    await stream.lake.endpoint.flush()

    const [key = ''] = await stream.keys('calls/')

    expect(key).toMatch(/^calls\/format-conversion-failed\/\d{4}\/\d\d\/\d\d\/\d\d\/usage-1-/)
  })
})

describe('the table of a conversion', () => {
  it('is read at each delivery, in the version that the stream names', async () => {
    await openWith({n: 'int'})
    await stream.create()
    const TableInput = parquetTable({n: 'int', more: 'string'})
    await stream.lake.glue.send(new UpdateTableCommand({DatabaseName: 'usage', TableInput}))
    await stream.put('{"n":1,"more":"a"}')
    await stream.lake.endpoint.flush()
    await stream.update({
      DataFormatConversionConfiguration: {SchemaConfiguration: {VersionId: '0'}},
    })
    await stream.put('{"n":2,"more":"b"}')
    await stream.lake.endpoint.flush()

    expect((await stream.lake.ask('SELECT * FROM calls ORDER BY n')).rows).toEqual([
      ['1', 'a'],
      ['2', null],
    ])
  })

  it.each<[what: string, code: string, break_: () => Promise<unknown>]>([
    [
      'has gone',
      'EntityNotFound',
      () => stream.lake.glue.send(new DeleteTableCommand({DatabaseName: 'usage', Name: 'calls'})),
    ],
    ['may not be read', 'AccessDenied', () => stream.allowBucketOnly()],
    [
      'may be read, and its database not',
      'AccessDenied',
      () =>
        stream.allow(
          {Effect: 'Allow', Action: 's3:PutObject', Resource: 'arn:aws:s3:::lake/*'},
          {...glueStatement, Resource: glueStatement.Resource.filter((arn) => !arn.includes('database'))},
        ),
    ],
    [
      'has no columns',
      'NonExistentColumns',
      () =>
        stream.lake.glue.send(new UpdateTableCommand({DatabaseName: 'usage', TableInput: parquetTable({})})),
    ],
    [
      'has a type that nothing converts to',
      'InvalidSchema',
      () =>
        stream.lake.glue.send(
          new UpdateTableCommand({DatabaseName: 'usage', TableInput: parquetTable({n: 'uniontype<int>'})}),
        ),
    ],
    [
      'has no such version',
      'InvalidVersionId',
      () => stream.update({DataFormatConversionConfiguration: {SchemaConfiguration: {VersionId: '9'}}}),
    ],
  ])('that %s fails every record', async (_what, code, break_) => {
    await openWith({n: 'int'})
    await stream.create()
    await break_()
    await stream.put('{"n":1}', '{"n":2}')
    await stream.lake.endpoint.flush()

    const errors = await stream.errors()

    expect(errors.map((error) => error.lastErrorCode)).toEqual(Array(2).fill(`DataFormatConversion.${code}`))
    expect(await stream.keys('calls/')).toEqual([])
  })

  it('cannot be read with a role that Firehose may not take on', async () => {
    await openWith({n: 'int'})
    await stream.create({
      SchemaConfiguration: {
        RoleARN: 'arn:aws:iam::000000000000:role/nobody',
        DatabaseName: 'usage',
        TableName: 'calls',
      },
    })
    await stream.put('{"n":1}')
    await stream.lake.endpoint.flush()

    const [error] = await stream.errors()

    expect(error?.lastErrorMessage).toMatch(/^Access was denied when assuming role\./)
    expect(stream.lake.endpoint.logged.join('\n')).toContain('role/nobody does not exist')
  })
})

describe('records that wait', () => {
  it('stay where the role may not write, and are converted once it may', async () => {
    await openWith({n: 'int'})
    await stream.create()
    await stream.trust('events.amazonaws.com')
    await stream.put('{"n":1}')
    await stream.lake.endpoint.flush()
    const denied = await stream.keys('')

    await stream.trust('firehose.amazonaws.com')
    await stream.lake.endpoint.advance(120_000)

    expect(denied).toEqual([])
    expect((await stream.lake.ask('SELECT n FROM calls')).rows).toEqual([['1']])
  })

  it('are written in the form that the stream has when it delivers', async () => {
    await openWith({n: 'int'})
    await stream.create()
    await stream.put('{"n":1}', '{\n"n":2}')
    await stream.update({DataFormatConversionConfiguration: {Enabled: false}, Prefix: 'raw/'})
    await stream.put('{"n":3}\n', '{"n":4}')
    await stream.lake.endpoint.flush()
    const raw = await Promise.all((await stream.keys('raw/')).map((key) => stream.content(key)))

    await stream.put('{"n":5}\n', '{"n":6}{"n":7}')
    await stream.update({DataFormatConversionConfiguration: {Enabled: true}, Prefix: 'calls/'})
    await stream.put('{"n":8}')
    await stream.lake.endpoint.flush()

    expect(raw.map(String)).toEqual(['{"n":1}{\n"n":2}{"n":3}\n{"n":4}'])
    expect((await stream.lake.ask('SELECT n FROM calls ORDER BY n')).rows).toEqual([
      ['5'],
      ['6'],
      ['7'],
      ['8'],
    ])
  })
})

describe('what Firehose refuses', () => {
  const compression =
    "The S3 destination's compression format must be set to UNCOMPRESSED when data format conversion is enabled. To enable compression within the converted output format, set the appropriate serialization option in the output format configuration."
  const schema = {RoleARN: role, DatabaseName: 'usage', TableName: 'calls'}
  const small = {BufferingHints: {SizeInMBs: 63, IntervalInSeconds: 60}}

  beforeEach(() => openWith({n: 'int'}))

  it.each<[message: string, ...Parameters<ConvertingStream['create']>]>([
    [compression, {SchemaConfiguration: undefined}, {CompressionFormat: 'GZIP', ...small}],
    [
      'BufferingHints.SizeInMBs must be at least 64 when data format conversion is enabled.',
      {SchemaConfiguration: undefined},
      small,
    ],
    ['InputFormatConfiguration must not be null', {InputFormatConfiguration: undefined}],
    [
      'OutputFormatConfiguration must not be null',
      {OutputFormatConfiguration: undefined, SchemaConfiguration: undefined},
    ],
    ['SchemaConfiguration must not be null', {SchemaConfiguration: undefined}],
    ['Deserializer must not be null', {InputFormatConfiguration: {Deserializer: {}}}],
    ['Serializer must not be null', {OutputFormatConfiguration: {}}],
    [
      'More than one deserializer specified. Only one may be chosen.',
      {InputFormatConfiguration: {Deserializer: {OpenXJsonSerDe: {}, HiveJsonSerDe: {}}}},
    ],
    [
      'More than one serializer specified. Only one may be chosen.',
      {OutputFormatConfiguration: {Serializer: {ParquetSerDe: {}, OrcSerDe: {}}}},
    ],
    [
      'SchemaConfiguration.RoleArn must not be null or empty',
      {SchemaConfiguration: {...schema, RoleARN: undefined}},
    ],
    [
      'SchemaConfiguration.DatabaseName must not be null or empty',
      {SchemaConfiguration: {...schema, DatabaseName: ''}},
    ],
    [
      'SchemaConfiguration.TableName must not be null or empty',
      {SchemaConfiguration: {...schema, TableName: undefined}},
    ],
    ['Table nowhere not found.', {SchemaConfiguration: {...schema, TableName: 'nowhere'}}],
    ['Database nowhere not found.', {SchemaConfiguration: {...schema, DatabaseName: 'nowhere'}}],
    ['Table calls not found.', {SchemaConfiguration: {...schema, DatabaseName: 'other'}}],
    [
      "1 validation error detected: Value '5' at 'parquetSerDe.pageSizeBytes' failed to satisfy constraint: Member must have value greater than or equal to 65536",
      {Enabled: false, OutputFormatConfiguration: {Serializer: {ParquetSerDe: {PageSizeBytes: 5}}}},
    ],
    ['HiveJsonSerDe is not supported', {InputFormatConfiguration: {Deserializer: {HiveJsonSerDe: {}}}}],
    ['OrcSerDe is not supported', {OutputFormatConfiguration: {Serializer: {OrcSerDe: {}}}}],
    [
      'ConvertDotsInJsonKeysToUnderscores is not supported',
      {
        InputFormatConfiguration: {
          Deserializer: {OpenXJsonSerDe: {ConvertDotsInJsonKeysToUnderscores: true}},
        },
      },
    ],
    [
      'CatalogId 111122223333 is not supported',
      {SchemaConfiguration: {...schema, CatalogId: '111122223333'}},
    ],
  ])('%s', async (message, ...parts) => {
    await stream.lake.database('other')

    await expect(stream.create(...parts)).rejects.toMatchObject({
      name: 'InvalidArgumentException',
      message: expect.stringContaining(message) as string,
    })
  })

  it('takes a conversion that is switched off for none, and a buffer of 128 MB where none is named', async () => {
    const off: Partial<ExtendedS3DestinationConfiguration> = {CompressionFormat: 'GZIP', ...small}
    await stream.create({Enabled: false}, off)
    await expect(stream.update({DataFormatConversionConfiguration: {Enabled: true}})).rejects.toMatchObject({
      message: compression,
    })

    await stream.update({
      CompressionFormat: 'UNCOMPRESSED',
      BufferingHints: {SizeInMBs: 64, IntervalInSeconds: 60},
      DataFormatConversionConfiguration: {Enabled: true},
    })

    expect((await stream.described()).DataFormatConversionConfiguration).toEqual({
      ...destination().DataFormatConversionConfiguration,
      Enabled: true,
    })
  })

  it('fills in a buffer of 128 MB where a stream that converts names none', async () => {
    await stream.create()

    expect((await stream.described()).BufferingHints).toEqual({SizeInMBs: 128, IntervalInSeconds: 300})
  })

  it('changes a conversion member by member', async () => {
    await stream.create()
    await stream.lake.table(parquetTable({n: 'bigint'}, 'wider'))

    await stream.update({DataFormatConversionConfiguration: {SchemaConfiguration: {TableName: 'wider'}}})

    expect((await stream.described()).DataFormatConversionConfiguration).toEqual({
      ...destination().DataFormatConversionConfiguration,
      SchemaConfiguration: {RoleARN: role, DatabaseName: 'usage', TableName: 'wider'},
    })
  })
})

describe('whatever is put on the stream', () => {
  const types = {
    a: 'string',
    b: 'double',
    c: 'bigint',
    d: 'decimal(20,4)',
    e: 'array<struct<a:int,b:map<string,double>>>',
    f: 'struct<a:boolean,b:array<array<string>>,c:date>',
    g: 'map<int,timestamp>',
    h: 'float',
  }

  it('is in the table or among the errors, every record of it, and nothing blocks the stream', async () => {
    await openWith(types)
    await stream.create()
    const key = fc.constantFrom('a', 'B', 'c', 'd', 'E', 'f', 'g', 'h', '__proto__', 'constructor', '')
    const {tree} = fc.letrec((tie) => ({
      tree: fc.oneof({maxDepth: 4}, tie('leaf'), tie('list'), tie('object')),
      leaf: fc.oneof(
        fc.constantFrom(null, true, false, 0, -0, 1e300, -1, 1.5, 2 ** 53, '', 'true', '2026-11-01', '1e400'),
        fc.constantFrom('NaN', '-Infinity', '9223372036854775808', '0x1F', '99999999999999999999.99995'),
        fc.double(),
        fc.string({unit: 'binary'}),
        fc.string({unit: fc.constantFrom('\ud800', '\udc00', '\u0000', '"', '\\', '\n', 'a')}),
      ),
      list: fc.array(tie('tree'), {maxLength: 3}),
      object: fc.dictionary(key, tie('tree'), {maxKeys: 4}),
    }))
    const record = fc.oneof(
      {weight: 6, arbitrary: fc.dictionary(key, tree, {maxKeys: 6}).map((value) => JSON.stringify(value))},
      {weight: 1, arbitrary: tree.map((value) => JSON.stringify(value) ?? '')},
      {weight: 1, arbitrary: fc.string({unit: 'binary'})},
      {weight: 1, arbitrary: fc.uint8Array({maxLength: 20}).map((bytes) => Buffer.from(bytes))},
      {weight: 1, arbitrary: fc.constant('['.repeat(100_000))},
      {weight: 1, arbitrary: fc.constant(`{"a":${'['.repeat(20_000)}${']'.repeat(20_000)}}`)},
    )
    let sent = 0
    await fc.assert(
      fc.asyncProperty(fc.array(record, {minLength: 40, maxLength: 80}), async (records) => {
        await stream.put(...records)
        sent += records.length
        await stream.lake.endpoint.flush()
        expect(stream.lake.endpoint.logged).toEqual([])
      }),
      {numRuns: runs(4, 12)},
    )

    const {rows, reason} = await stream.lake.ask('SELECT count(*) FROM calls')

    expect(reason).toBeUndefined()
    const failed = new Set((await stream.errors()).map((error) => error['sequenceNumber']))
    expect(failed.size).toBeGreaterThan(sent / 10)
    expect(Number(rows[0]?.[0]) + failed.size).toBe(sent)
  })
})
