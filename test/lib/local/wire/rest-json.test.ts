import {
  CreateRegistryCommand,
  CreateSchemaCommand,
  DescribeCodeBindingCommand,
  DescribeSchemaCommand,
  ListTagsForResourceCommand,
  SchemasClient,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-schemas'
import {discard, testEndpoint, type TestEndpoint} from '../../../_helpers/endpoint'
import {call, signedFor} from './_call'

const authorization = signedFor('schemas')
const SchemaName = 'com.example.billing@UsageMetered'
const Content = JSON.stringify({
  ...{openapi: '3.0.0', info: {title: 'Ü', version: '1.0.0'}, paths: {}},
  components: {schemas: {}},
})

let endpoint: TestEndpoint
let schemas: SchemasClient

beforeAll(async () => {
  endpoint = await testEndpoint()
  schemas = new SchemasClient(endpoint.client)
  await schemas.send(new CreateRegistryCommand({RegistryName: 'usage', Tags: {team: 'a/b @c'}}))
  await schemas.send(new CreateSchemaCommand({RegistryName: 'usage', SchemaName, Type: 'OpenApi3', Content}))
})

afterAll(async () => {
  schemas.destroy()
  await discard(endpoint)
})

describe('REST-JSON', () => {
  it('reads labels with @, encoded or not', async () => {
    expect(await schemas.send(new DescribeSchemaCommand({RegistryName: 'usage', SchemaName}))).toMatchObject({
      ...{SchemaName, SchemaVersion: '1', Content},
      LastModified: expect.any(Date),
    })
    const plain = await call(endpoint.url, {
      method: 'GET',
      path: `/v1/registries/name/usage/schemas/name/${SchemaName}`,
      headers: {authorization},
    })
    expect(JSON.parse(plain.body)).toMatchObject({SchemaName})
  })

  it('reads an ARN with slashes in a label, and lists in the query', async () => {
    const ResourceArn = `arn:aws:schemas:eu-west-1:000000000000:schema/usage/${SchemaName}`
    await schemas.send(new TagResourceCommand({ResourceArn, Tags: {a: '1', b: '2', c: '3'}}))
    await schemas.send(new UntagResourceCommand({ResourceArn, TagKeys: ['a', 'c']}))

    expect((await schemas.send(new ListTagsForResourceCommand({ResourceArn}))).Tags).toEqual({b: '2'})
  })

  it('writes tags under the name of the wire', async () => {
    const {status, body} = await call(endpoint.url, {
      ...{method: 'GET', path: '/v1/registries/name/usage', headers: {authorization}},
    })

    expect(status).toBe(200)
    expect(JSON.parse(body)).toMatchObject({RegistryName: 'usage', tags: {team: 'a/b @c'}})
  })

  it('answers with the status of the model and errors with their header', async () => {
    const created = await call(endpoint.url, {path: '/v1/registries/name/second', headers: {authorization}})
    const missing = await call(endpoint.url, {
      ...{method: 'GET', path: '/v1/registries/name/none', headers: {authorization}},
    })

    expect(created.status).toBe(201)
    expect(missing.status).toBe(404)
    expect(missing.headers['x-amzn-errortype']).toBe('NotFoundException')
    expect(JSON.parse(missing.body)).toMatchObject({
      ...{Code: 'NotFoundException', Message: 'Registry with name none does not exist.'},
    })
  })

  it.each([
    ['a missing member', '{"Type":"OpenApi3"}', /Content/],
    ['a list for an object', '[]', /JSON object/],
    ['no JSON', '{', /not valid JSON/],
  ])('refuses %s', async (_what, body, message) => {
    const answer = await call(endpoint.url, {
      ...{path: '/v1/registries/name/usage/schemas/name/x', headers: {authorization}, body},
    })

    expect(answer.status).toBe(400)
    expect(JSON.parse(answer.body)).toMatchObject({Message: expect.stringMatching(message)})
  })

  it('refuses an operation that is not here, and a path that nobody has', async () => {
    await expect(
      schemas.send(new DescribeCodeBindingCommand({RegistryName: 'usage', SchemaName, Language: 'Java8'})),
    ).rejects.toMatchObject({name: 'UnknownOperationException', $metadata: {httpStatusCode: 404}})
    const nowhere = await call(endpoint.url, {
      ...{method: 'GET', path: '/v1/registries/coffee/x/y', headers: {authorization}},
    })
    expect(nowhere.status).toBe(404)
    expect(nowhere.headers['x-amzn-errortype']).toBe('UnknownOperationException')
  })
})
