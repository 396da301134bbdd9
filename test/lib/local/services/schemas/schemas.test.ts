import {
  CreateRegistryCommand,
  CreateSchemaCommand,
  DeleteRegistryCommand,
  DeleteSchemaCommand,
  DeleteSchemaVersionCommand,
  DescribeRegistryCommand,
  DescribeSchemaCommand,
  ExportSchemaCommand,
  GetDiscoveredSchemaCommand,
  GetResourcePolicyCommand,
  ListRegistriesCommand,
  ListSchemasCommand,
  ListSchemaVersionsCommand,
  ListTagsForResourceCommand,
  PutCodeBindingCommand,
  PutResourcePolicyCommand,
  SchemasClient,
  SearchSchemasCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateRegistryCommand,
  UpdateSchemaCommand,
} from '@aws-sdk/client-schemas'
import {discard, testEndpoint, type TestEndpoint} from '../../../../_helpers/endpoint'
import {validatorOfDraft4} from '../../../schema-model/validator'
import {usageEvent} from '../../../schema-model/usage-like-event'

let endpoint: TestEndpoint
let client: SchemasClient

beforeEach(async () => {
  endpoint = await testEndpoint()
  client = new SchemasClient(endpoint.client)
})

afterEach(async () => {
  client.destroy()
  await discard(endpoint)
})

const openApi = JSON.stringify({
  openapi: '3.0.0',
  info: {title: 'Order', version: '1.0.0'},
  paths: {},
  components: {schemas: {Order: {type: 'object', properties: {id: {type: 'string'}}}}},
})
const draft4 = JSON.stringify({
  $schema: 'http://json-schema.org/draft-04/schema#',
  title: 'Order',
  type: 'object',
})

function makeRegistry(RegistryName = 'own') {
  return client.send(new CreateRegistryCommand({RegistryName, Description: 'ours', Tags: {team: 'a'}}))
}

function makeSchema(
  SchemaName: string,
  Content = openApi,
  Type: 'OpenApi3' | 'JSONSchemaDraft4' = 'OpenApi3',
) {
  return client.send(new CreateSchemaCommand({RegistryName: 'own', SchemaName, Content, Type}))
}

function refusal(name: string, httpStatusCode: number) {
  return expect.objectContaining({name, $metadata: expect.objectContaining({httpStatusCode})})
}

describe('registries', () => {
  it('are made, described, changed, listed and deleted', async () => {
    expect(await makeRegistry()).toMatchObject({
      $metadata: {httpStatusCode: 201},
      Description: 'ours',
      RegistryArn: 'arn:aws:schemas:eu-west-1:000000000000:registry/own',
      RegistryName: 'own',
      Tags: {team: 'a'},
    })
    await client.send(new UpdateRegistryCommand({RegistryName: 'own', Description: 'theirs'}))
    expect(await client.send(new DescribeRegistryCommand({RegistryName: 'own'}))).toMatchObject({
      Description: 'theirs',
      Tags: {team: 'a'},
    })
    expect((await client.send(new ListRegistriesCommand({}))).Registries).toEqual([
      {
        RegistryArn: 'arn:aws:schemas:eu-west-1:000000000000:registry/own',
        RegistryName: 'own',
        Tags: {team: 'a'},
      },
    ])
    const deleted = await client.send(new DeleteRegistryCommand({RegistryName: 'own'}))
    expect(deleted.$metadata.httpStatusCode).toBe(204)
    expect((await client.send(new ListRegistriesCommand({}))).Registries).toEqual([])
  })

  it.each([
    ['a name of AWS', 'aws.mine', 'ForbiddenException', 403],
    ['a name with a slash', 'a/b', 'BadRequestException', 400],
    ['a name that is taken', 'own', 'ConflictException', 409],
  ])('refuse %s', async (_what, name, code, status) => {
    await makeRegistry()

    await expect(makeRegistry(name)).rejects.toEqual(refusal(code, status))
  })

  it('are a 404 where they are missing', async () => {
    await expect(client.send(new DescribeRegistryCommand({RegistryName: 'no'}))).rejects.toEqual(
      refusal('NotFoundException', 404),
    )
  })

  it('are not deleted while they hold schemas', async () => {
    await makeRegistry()
    await makeSchema('s')

    await expect(client.send(new DeleteRegistryCommand({RegistryName: 'own'}))).rejects.toEqual(
      refusal('BadRequestException', 400),
    )
  })

  it('are one region apart', async () => {
    await makeRegistry()
    const elsewhere = new SchemasClient({...endpoint.client, region: 'us-east-1'})

    expect((await elsewhere.send(new ListRegistriesCommand({}))).Registries).toEqual([])
    elsewhere.destroy()
  })
})

describe('schemas', () => {
  beforeEach(() => makeRegistry())

  it('are made with version 1 and described with their content', async () => {
    expect(await makeSchema('com.example@Order')).toMatchObject({
      $metadata: {httpStatusCode: 201},
      SchemaArn: 'arn:aws:schemas:eu-west-1:000000000000:schema/own/com.example@Order',
      SchemaVersion: '1',
      Type: 'OpenApi3',
    })
    const found = await client.send(
      new DescribeSchemaCommand({RegistryName: 'own', SchemaName: 'com.example@Order'}),
    )
    expect(found).toMatchObject({Content: openApi, SchemaName: 'com.example@Order', SchemaVersion: '1'})
    expect(found.LastModified).toBeInstanceOf(Date)
  })

  it('get a version when their content changes, and only then', async () => {
    await makeSchema('s')
    const name = {RegistryName: 'own', SchemaName: 's'}
    const changed = openApi.replace('1.0.0', '1.1.0')

    const same = await client.send(new UpdateSchemaCommand({...name, Content: openApi, Description: 'd'}))
    const next = await client.send(new UpdateSchemaCommand({...name, Content: changed}))

    expect(same).toMatchObject({SchemaVersion: '1', Description: 'd'})
    expect(next).toMatchObject({SchemaVersion: '2', Description: 'd'})
    expect(await client.send(new DescribeSchemaCommand({...name, SchemaVersion: '1'}))).toMatchObject({
      Content: openApi,
    })
    expect(await client.send(new DescribeSchemaCommand(name))).toMatchObject({
      Content: changed,
      SchemaVersion: '2',
    })
    const {SchemaVersions} = await client.send(new ListSchemaVersionsCommand(name))
    expect(SchemaVersions?.map((version) => version.SchemaVersion)).toEqual(['1', '2'])
  })

  it('never use a version number twice, and keep the last version', async () => {
    await makeSchema('s')
    const name = {RegistryName: 'own', SchemaName: 's'}
    await client.send(new UpdateSchemaCommand({...name, Content: openApi.replace('1.0.0', '2.0.0')}))
    await client.send(new DeleteSchemaVersionCommand({...name, SchemaVersion: '2'}))

    const third = await client.send(
      new UpdateSchemaCommand({...name, Content: openApi.replace('1.0.0', '3.0.0')}),
    )
    await client.send(new DeleteSchemaVersionCommand({...name, SchemaVersion: '1'}))

    expect(third.SchemaVersion).toBe('3')
    await expect(client.send(new DeleteSchemaVersionCommand({...name, SchemaVersion: '3'}))).rejects.toEqual(
      refusal('BadRequestException', 400),
    )
  })

  it('are gone with all versions once deleted', async () => {
    await makeSchema('s')
    const name = {RegistryName: 'own', SchemaName: 's'}
    await client.send(new DeleteSchemaCommand(name))

    await expect(client.send(new DescribeSchemaCommand(name))).rejects.toEqual(
      refusal('NotFoundException', 404),
    )
    expect((await makeSchema('s')).SchemaVersion).toBe('1')
  })

  it.each([
    ['text that is no JSON', '{', 'OpenApi3', 'Content is not valid JSON'],
    [
      'OpenAPI 3.1',
      openApi.replace('3.0.0', '3.1.0'),
      'OpenApi3',
      'openapi must match "^3\\.0\\.\\d(-.+)?$"',
    ],
    [
      '$schema in OpenAPI',
      openApi.replace('{', '{"$schema":"x",'),
      'OpenApi3',
      "additionalProperties '$schema' not allowed",
    ],
    ['OpenAPI without paths', openApi.replace('"paths":{},', ''), 'OpenApi3', 'paths must be an object'],
    ['a list', '[]', 'JSONSchemaDraft4', 'Content is not a JSON object'],
    [
      'a newer draft',
      draft4.replace('draft-04', 'draft-07'),
      'JSONSchemaDraft4',
      'Content is not a JSON Schema of Draft 4: $schema must be http://json-schema.org/draft-04/schema#',
    ],
    [
      'a type that does not exist',
      openApi,
      'Avro',
      'Type must satisfy enum value set: [OpenApi3, JSONSchemaDraft4]',
    ],
    ['too much', `"${'x'.repeat(100_000)}"`, 'OpenApi3', 'Content must have 1 to 100000 characters.'],
    [
      'a tower',
      `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`,
      'JSONSchemaDraft4',
      'Content is nested too deeply',
    ],
  ])('refuse %s', async (_what, content, type, message) => {
    await expect(makeSchema('s', content, type as 'OpenApi3')).rejects.toEqual(
      expect.objectContaining({name: 'BadRequestException', message}),
    )
  })

  it('refuse a name that is taken', async () => {
    await makeSchema('s')

    await expect(makeSchema('s')).rejects.toEqual(refusal('ConflictException', 409))
  })

  it('are listed page by page', async () => {
    for (const name of ['a', 'b', 'c']) await makeSchema(name)

    const first = await client.send(new ListSchemasCommand({RegistryName: 'own', Limit: 2}))
    const second = await client.send(
      new ListSchemasCommand({RegistryName: 'own', Limit: 2, NextToken: first.NextToken}),
    )

    expect(first.Schemas?.map((schema) => schema.SchemaName)).toEqual(['a', 'b'])
    expect(second.Schemas?.map((schema) => schema.SchemaName)).toEqual(['c'])
    expect(second.Schemas?.[0]?.VersionCount).toBe(1)
    expect(second.NextToken).toBeUndefined()
  })

  it('are listed by the beginning of their name, without neighbours of the registry', async () => {
    await makeRegistry('own2')
    await client.send(
      new CreateSchemaCommand({RegistryName: 'own2', SchemaName: 'ab', Content: openApi, Type: 'OpenApi3'}),
    )
    for (const name of ['ab', 'b']) await makeSchema(name)

    const found = await client.send(new ListSchemasCommand({RegistryName: 'own', SchemaNamePrefix: 'a'}))

    expect(found.Schemas?.map((schema) => schema.SchemaArn)).toEqual([
      'arn:aws:schemas:eu-west-1:000000000000:schema/own/ab',
    ])
  })

  it.each([0, 101])('refuse a limit of %s', async (Limit) => {
    await expect(client.send(new ListSchemasCommand({RegistryName: 'own', Limit}))).rejects.toEqual(
      refusal('BadRequestException', 400),
    )
  })

  it('are found by words of their name and content', async () => {
    await makeSchema('first')
    await makeSchema('second', openApi.replace('"id"', '"tenantId"'))

    const found = await client.send(
      new SearchSchemasCommand({RegistryName: 'own', Keywords: 'TENANTID order'}),
    )

    expect(found.Schemas).toMatchObject([
      {RegistryName: 'own', SchemaName: 'second', SchemaVersions: [{SchemaVersion: '1', Type: 'OpenApi3'}]},
    ])
  })

  it('are exported as JSON Schema Draft 4 where they are discovered and OpenApi3, and refused otherwise', async () => {
    await makeSchema('own')
    const request = {RegistryName: 'discovered-schemas', Type: 'JSONSchemaDraft4'}
    await client.send(new CreateRegistryCommand({RegistryName: request.RegistryName}))
    const put = (SchemaName: string, Content: string, Type: 'OpenApi3' | 'JSONSchemaDraft4') =>
      client.send(new CreateSchemaCommand({RegistryName: request.RegistryName, SchemaName, Content, Type}))
    await put('o', openApi, 'OpenApi3')
    await put('j', draft4, 'JSONSchemaDraft4')

    const exported = await client.send(new ExportSchemaCommand({...request, SchemaName: 'o'}))

    expect(JSON.parse(exported.Content ?? '')).toEqual({
      $schema: 'http://json-schema.org/draft-04/schema#',
      title: 'Order',
      definitions: {},
      type: 'object',
      properties: {id: {type: 'string'}},
    })
    expect(exported).toMatchObject({SchemaName: 'o', SchemaVersion: '1', Type: 'JSONSchemaDraft4'})
    await expect(client.send(new ExportSchemaCommand({...request, SchemaName: 'j'}))).rejects.toEqual(
      refusal('BadRequestException', 400),
    )
    await expect(
      client.send(new ExportSchemaCommand({...request, SchemaName: 'o', Type: 'OpenApi3'})),
    ).rejects.toEqual(refusal('BadRequestException', 400))
    await expect(
      client.send(new ExportSchemaCommand({...request, RegistryName: 'own', SchemaName: 'own'})),
    ).rejects.toEqual(refusal('ForbiddenException', 403))
  })

  it('have no code bindings here, and say so', async () => {
    await makeSchema('s')

    await expect(
      client.send(new PutCodeBindingCommand({RegistryName: 'own', SchemaName: 's', Language: 'Java8'})),
    ).rejects.toThrow(/PutCodeBinding/)
  })

  it('survive a restart', async () => {
    await makeSchema('s')
    await endpoint.close()
    const again = await testEndpoint(endpoint.dataDir)
    const second = new SchemasClient(again.client)

    const found = await second.send(new DescribeSchemaCommand({RegistryName: 'own', SchemaName: 's'}))

    expect(found.Content).toBe(openApi)
    second.destroy()
    await again.close()
  })
})

describe('GetDiscoveredSchema', () => {
  it('infers one schema from all events and stores nothing', async () => {
    const Events = [usageEvent(), usageEvent({feature: 'orders'})].map((event) => JSON.stringify(event))

    const {Content} = await client.send(new GetDiscoveredSchemaCommand({Events, Type: 'OpenApi3'}))

    expect(JSON.parse(Content ?? '')).toMatchObject({
      info: {title: 'ApiUsageEvent'},
      components: {
        schemas: {
          AWSEvent: {'x-amazon-events-source': 'my-applications'},
          ApiUsageEvent: {properties: {feature: {type: 'string'}}},
        },
      },
    })
    expect((await client.send(new ListRegistriesCommand({}))).Registries).toEqual([])
  })

  it('writes Draft 4 that the event keeps', async () => {
    const {Content} = await client.send(
      new GetDiscoveredSchemaCommand({Events: [JSON.stringify(usageEvent())], Type: 'JSONSchemaDraft4'}),
    )
    const check = validatorOfDraft4(JSON.parse(Content ?? '') as object)

    expect([check(usageEvent()), check(usageEvent({durationMs: 'x'}))]).toEqual([true, false])
  })

  it.each([
    ['no event', []],
    ['eleven events', Array.from({length: 11}, () => '{}')],
    ['text that is no JSON', ['{']],
    ['events of two kinds', [JSON.stringify(usageEvent()), '{}']],
    ['a tower', [`${'['.repeat(300)}${']'.repeat(300)}`]],
  ])('refuses %s', async (_what, Events) => {
    await expect(client.send(new GetDiscoveredSchemaCommand({Events, Type: 'OpenApi3'}))).rejects.toEqual(
      refusal('BadRequestException', 400),
    )
  })
})

describe('tags and policies', () => {
  beforeEach(() => makeRegistry())

  it('are put on registries and schemas by ARN', async () => {
    const {SchemaArn} = await makeSchema('s')
    const ResourceArn = SchemaArn ?? ''

    await client.send(new TagResourceCommand({ResourceArn, Tags: {a: '1', b: '2'}}))
    await client.send(new UntagResourceCommand({ResourceArn, TagKeys: ['a']}))

    expect((await client.send(new ListTagsForResourceCommand({ResourceArn}))).Tags).toEqual({b: '2'})
    const registry = 'arn:aws:schemas:eu-west-1:000000000000:registry/own'
    expect((await client.send(new ListTagsForResourceCommand({ResourceArn: registry}))).Tags).toEqual({
      team: 'a',
    })
  })

  it.each([
    ['no ARN', 'own', 'BadRequestException', 400],
    [
      'an ARN of another service',
      'arn:aws:s3:eu-west-1:000000000000:registry/own',
      'BadRequestException',
      400,
    ],
    ['another region', 'arn:aws:schemas:us-east-1:000000000000:registry/own', 'NotFoundException', 404],
    [
      'a registry that is missing',
      'arn:aws:schemas:eu-west-1:000000000000:registry/no',
      'NotFoundException',
      404,
    ],
  ])('refuse %s', async (_what, ResourceArn, code, status) => {
    await expect(client.send(new ListTagsForResourceCommand({ResourceArn}))).rejects.toEqual(
      refusal(code, status),
    )
  })

  it('refuse a policy change on a stale revision', async () => {
    const policy = {RegistryName: 'own', Policy: '{"Version":"2012-10-17"}'}
    const {RevisionId} = await client.send(new PutResourcePolicyCommand(policy))

    expect(await client.send(new GetResourcePolicyCommand({RegistryName: 'own'}))).toMatchObject({RevisionId})
    await client.send(new PutResourcePolicyCommand({...policy, RevisionId}))
    await expect(client.send(new PutResourcePolicyCommand({...policy, RevisionId}))).rejects.toEqual(
      refusal('PreconditionFailedException', 412),
    )
  })
})
