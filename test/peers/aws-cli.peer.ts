import {spawnSync} from 'node:child_process'
import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {gunzipSync} from 'node:zlib'
import {readFileSync} from 'node:fs'
import {temporaryFolder} from '../_helpers/endpoint'
import {serve, type Serving} from '../_helpers/tool'

const bin = process.env['PEERS_BIN'] ?? ''
const role = (service: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{Effect: 'Allow', Principal: {Service: service}, Action: 'sts:AssumeRole'}],
  })
const allow = (actions: string[], resource: string) =>
  JSON.stringify({Version: '2012-10-17', Statement: [{Effect: 'Allow', Action: actions, Resource: resource}]})

describe('the unmodified AWS CLI with AWS_ENDPOINT_URL at the endpoint', () => {
  let serving: Serving
  const folder = temporaryFolder()

  beforeAll(async () => {
    serving = await serve()
  })

  afterAll(() => serving.end())

  /** Runs `aws ARGS`; the answer as JSON where there is one. */
  const aws = (...args: string[]) => {
    const {status, stdout, stderr} = spawnSync(join(bin, 'aws'), args, {
      cwd: folder,
      encoding: 'utf8',
      env: {
        PATH: process.env['PATH'] ?? '',
        HOME: folder,
        AWS_ENDPOINT_URL: serving.url,
        AWS_ACCESS_KEY_ID: 'test',
        AWS_SECRET_ACCESS_KEY: 'test',
        AWS_DEFAULT_REGION: 'eu-west-1',
        AWS_PAGER: '',
      },
    })
    return {
      status,
      stderr,
      stdout,
      json: stdout.trim().startsWith('{') ? (JSON.parse(stdout) as Record<string, never>) : undefined,
    }
  }
  const done = (...args: string[]) => {
    const ran = aws(...args)
    expect({status: ran.status, stderr: ran.stderr}).toEqual({status: 0, stderr: ''})
    return ran.json as unknown as Record<string, never>
  }
  const control = (name: string) => fetch(`${serving.url}/_usage-tracker/${name}`, {method: 'POST'})

  it('takes an event from put-events to an object, a query and an exported schema', async () => {
    const account = done('sts', 'get-caller-identity') as unknown as {Account: string}
    expect(account.Account).toBe('000000000000')

    done(
      's3api',
      'create-bucket',
      '--bucket',
      'lake',
      '--create-bucket-configuration',
      'LocationConstraint=eu-west-1',
    )
    done(
      'iam',
      'create-role',
      '--role-name',
      'deliver',
      '--assume-role-policy-document',
      role('firehose.amazonaws.com'),
    )
    done(
      'iam',
      'put-role-policy',
      '--role-name',
      'deliver',
      '--policy-name',
      'p',
      '--policy-document',
      allow(['s3:PutObject'], 'arn:aws:s3:::lake/*'),
    )
    const processing = {
      Enabled: true,
      Processors: [
        {Type: 'AppendDelimiterToRecord', Parameters: [{ParameterName: 'Delimiter', ParameterValue: '\\n'}]},
      ],
    }
    const created = done(
      'firehose',
      'create-delivery-stream',
      '--delivery-stream-name',
      'usage',
      '--extended-s3-destination-configuration',
      JSON.stringify({
        RoleARN: 'arn:aws:iam::000000000000:role/deliver',
        BucketARN: 'arn:aws:s3:::lake',
        Prefix: 'raw/dt=!{timestamp:yyyy-MM-dd}/',
        ErrorOutputPrefix: 'errors/!{firehose:error-output-type}/',
        CompressionFormat: 'GZIP',
        ProcessingConfiguration: processing,
      }),
    ) as unknown as {DeliveryStreamARN: string}
    done('events', 'create-event-bus', '--name', 'usage')
    done(
      'schemas',
      'create-discoverer',
      '--source-arn',
      'arn:aws:events:eu-west-1:000000000000:event-bus/usage',
    )
    done(
      'events',
      'put-rule',
      '--name',
      'all',
      '--event-bus-name',
      'usage',
      '--event-pattern',
      '{"source":["shop"]}',
    )
    done(
      'iam',
      'create-role',
      '--role-name',
      'send',
      '--assume-role-policy-document',
      role('events.amazonaws.com'),
    )
    done(
      'iam',
      'put-role-policy',
      '--role-name',
      'send',
      '--policy-name',
      'p',
      '--policy-document',
      allow(['firehose:PutRecord', 'firehose:PutRecordBatch'], created.DeliveryStreamARN),
    )
    const targets = done(
      'events',
      'put-targets',
      '--rule',
      'all',
      '--event-bus-name',
      'usage',
      '--targets',
      JSON.stringify([
        {Id: 't', Arn: created.DeliveryStreamARN, RoleArn: 'arn:aws:iam::000000000000:role/send'},
      ]),
    )
    expect(targets).toEqual({FailedEntryCount: 0, FailedEntries: []})

    const entry = (source: string, detail: object) => ({
      EventBusName: 'usage',
      Source: source,
      DetailType: 'order',
      Detail: JSON.stringify(detail),
    })
    writeFileSync(
      join(folder, 'entries.json'),
      JSON.stringify([
        entry('shop', {order: 'o-1', total: 12}),
        entry('other', {order: 'o-2'}),
        entry('aws.shop', {}),
      ]),
    )
    const put = done('events', 'put-events', '--entries', 'file://entries.json') as unknown as {
      FailedEntryCount: number
      Entries: {ErrorCode?: string}[]
    }
    expect(put.FailedEntryCount).toBe(1)
    expect(put.Entries.map((e) => e.ErrorCode)).toEqual([
      undefined,
      undefined,
      'NotAuthorizedForSourceException',
    ])
    await control('flush')

    const listed = done('s3api', 'list-objects-v2', '--bucket', 'lake', '--prefix', 'raw/') as unknown as {
      Contents: {Key: string}[]
    }
    expect(listed.Contents).toHaveLength(1)
    done('s3api', 'get-object', '--bucket', 'lake', '--key', listed.Contents[0]?.Key ?? '', 'object.gz')
    const lines = gunzipSync(readFileSync(join(folder, 'object.gz')))
      .toString()
      .trim()
      .split('\n')
    expect(lines.map((line) => (JSON.parse(line) as {detail: object}).detail)).toEqual([
      {order: 'o-1', total: 12},
    ])

    queryTheObject()
    const exported = done(
      'schemas',
      'export-schema',
      '--registry-name',
      'discovered-schemas',
      '--schema-name',
      'shop@Order',
      '--type',
      'JSONSchemaDraft4',
    ) as unknown as {Content: string}
    expect(JSON.parse(exported.Content)).toMatchObject({
      $schema: 'http://json-schema.org/draft-04/schema#',
      'x-amazon-events-source': 'shop',
    })
  })

  /** A table of Glue over the object, asked through Athena. */
  function queryTheObject(): void {
    done('glue', 'create-database', '--database-input', '{"Name":"lake"}')
    done(
      'glue',
      'create-table',
      '--database-name',
      'lake',
      '--table-input',
      JSON.stringify({
        Name: 'orders',
        TableType: 'EXTERNAL_TABLE',
        PartitionKeys: [{Name: 'dt', Type: 'string'}],
        Parameters: {
          'projection.enabled': 'true',
          'projection.dt.type': 'date',
          'projection.dt.format': 'yyyy-MM-dd',
          'projection.dt.range': 'NOW-1YEARS,NOW+1DAY',
          'storage.location.template': 's3://lake/raw/dt=${dt}/',
        },
        StorageDescriptor: {
          Columns: [
            {Name: 'source', Type: 'string'},
            {Name: 'detail', Type: 'struct<order:string,total:bigint>'},
          ],
          Location: 's3://lake/raw/',
          InputFormat: 'org.apache.hadoop.mapred.TextInputFormat',
          OutputFormat: 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat',
          SerdeInfo: {SerializationLibrary: 'org.openx.data.jsonserde.JsonSerDe'},
        },
      }),
    )
    const {QueryExecutionId} = done(
      'athena',
      'start-query-execution',
      '--query-string',
      'SELECT detail."order" AS o, detail.total FROM lake.orders',
      '--result-configuration',
      'OutputLocation=s3://lake/results/',
    ) as unknown as {QueryExecutionId: string}
    let state = ''
    for (let i = 0; i < 60 && !['SUCCEEDED', 'FAILED', 'CANCELLED'].includes(state); i += 1) {
      const {QueryExecution} = done(
        'athena',
        'get-query-execution',
        '--query-execution-id',
        QueryExecutionId,
      ) as unknown as {QueryExecution: {Status: {State: string; StateChangeReason?: string}}}
      state = QueryExecution.Status.State
    }
    expect(state).toBe('SUCCEEDED')
    const {ResultSet} = done(
      'athena',
      'get-query-results',
      '--query-execution-id',
      QueryExecutionId,
    ) as unknown as {ResultSet: {Rows: {Data: {VarCharValue?: string}[]}[]}}
    expect(ResultSet.Rows.map((row) => row.Data.map((cell) => cell.VarCharValue))).toEqual([
      ['o', 'total'],
      ['o-1', '12'],
    ])
  }

  it('is told clearly that an operation is not there', () => {
    const {status, stderr} = aws('events', 'list-connections')

    expect(status).not.toBe(0)
    expect(stderr).toContain('UnknownOperationException')
    expect(stderr).toContain('ListConnections')
  })

  it('is told clearly that a service is not there', () => {
    const {status, stderr} = aws('dynamodb', 'list-tables')

    expect(status).not.toBe(0)
    expect(stderr).toContain('UnknownOperationException')
  })
})
