const {readdirSync} = require('node:fs')
const {join} = require('node:path')
const {awsEnvironment, localEndpoint, median, peer, timeOnce, tool, workFolder} = require('./processes')

const schemaCount = 1000
/** So many processes of the AWS CLI are timed; a thousand of them would take a quarter of an hour. */
const sampleCount = 20

function content(i) {
  const schemas = {
    AWSEvent: {
      type: 'object',
      required: ['detail-type', 'detail', 'source'],
      'x-amazon-events-detail-type': `event ${i}`,
      'x-amazon-events-source': 'bench',
      properties: {
        detail: {$ref: `#/components/schemas/Event${i}`},
        'detail-type': {type: 'string'},
        source: {type: 'string'},
      },
    },
    [`Event${i}`]: {
      type: 'object',
      properties: Object.fromEntries(Array.from({length: 30}, (_, n) => [`field${n}`, {type: 'string'}])),
    },
  }
  return JSON.stringify({
    openapi: '3.0.0',
    info: {version: '1.0.0', title: `Event${i}`},
    paths: {},
    components: {schemas},
  })
}

async function fill(endpoint) {
  const {CreateRegistryCommand, CreateSchemaCommand, SchemasClient} = require('@aws-sdk/client-schemas')
  const credentials = {accessKeyId: 'test', secretAccessKey: 'test'}
  const client = new SchemasClient({endpoint, region: 'eu-west-1', credentials})
  const RegistryName = 'discovered-schemas'
  await client.send(new CreateRegistryCommand({RegistryName}))
  const put = (i) =>
    client.send(
      new CreateSchemaCommand({
        RegistryName,
        SchemaName: `bench@Event${i}`,
        Content: content(i),
        Type: 'OpenApi3',
      }),
    )
  for (let i = 0; i < schemaCount; i += 50) await Promise.all(Array.from({length: 50}, (_, n) => put(i + n)))
  client.destroy()
}

/** All schemas of a registry: by one run of this tool, and by one process of the AWS CLI for each, from the same endpoint. */
exports.schemaExport = async () => {
  const folder = workFolder('schema-export')
  const {url, stop} = await localEndpoint(join(folder, 'data'))
  const env = {...awsEnvironment, AWS_ENDPOINT_URL: url, AWS_PAGER: ''}
  await fill(url)
  const exportAll = (form, n) => {
    const output = join(folder, `${form}-${n}`)
    const ms = timeOnce(
      process.execPath,
      [tool, 'schemas', 'export', '--all', '--as', form, '-o', output],
      env,
    )
    const count = readdirSync(output).length
    if (count !== schemaCount) throw new Error(`${count} of ${schemaCount} schemas were exported`)
    return ms
  }
  const runs = [0, 1, 2]
  const openapi3Ms = median(runs.map((n) => exportAll('openapi3', n)))
  const typescriptMs = median(runs.map((n) => exportAll('typescript', n)))
  const aws = peer('aws')
  const describe = (i) => [
    'schemas',
    'describe-schema',
    '--registry-name',
    'discovered-schemas',
    '--schema-name',
    `bench@Event${i}`,
  ]
  const processMs =
    aws && median(Array.from({length: sampleCount}, (_, i) => timeOnce(aws, describe(i), env)))
  await stop()
  return {
    schemaCount,
    openapi3Ms,
    typescriptMs,
    awsProcessMs: processMs ?? 'aws is not installed',
    awsSampleCount: processMs && sampleCount,
    awsEstimatedMs: processMs && processMs * schemaCount,
    awsPerTool: processMs && (processMs * schemaCount) / openapi3Ms,
    aims: {awsPerTool: 20},
  }
}
