import type {SchemasClient} from '@aws-sdk/client-schemas'
import {toOpError} from '../../aws/map-sdk-error'
import {sameJsonText} from '../../binding/plan/canonical'
import {messageOf, OpError} from '../../core/errors'
import type {LearnedKind} from '../../schema-model/event-kinds'
import {toOpenApi} from '../../schema-model/to-openapi'
import {RegistryClient} from '../registry-client'
import {inWords, type SchemaChange, type SchemaPlan} from './schema-change'

/** What a registry takes of one schema, in characters (DescribeSchema, Content). */
const mostContent = 100_000

/** One change of a registry, and the document that it puts there; undefined for the registry itself. */
interface RegistryStep {
  change: SchemaChange
  content: string | undefined
}

/**
 * What would be changed so that the registry holds these schemas, as OpenApi3: the registry itself where it is missing, and each
 * schema that is new or differs in meaning from its latest version. Throws `SCHEMA_TOO_LONG` (usage) and what the service refuses;
 * applying throws that too, and `REGISTRY_PARTIAL` (partial) where something was changed before.
 */
export async function planRegistry(
  client: SchemasClient,
  registry: string,
  kinds: readonly LearnedKind[],
): Promise<SchemaPlan> {
  const reader = new RegistryClient(client)
  const isThere = (await reader.registries()).some(({RegistryName: name}) => name === registry)
  const steps: RegistryStep[] = [
    {
      change: {action: isThere ? 'keep' : 'create', resource: 'registry', name: registry},
      content: undefined,
    },
  ]
  for (const kind of kinds) {
    const content = contentOf(kind)
    const stored = isThere ? await reader.describe({registry, schema: kind.name}) : undefined
    const isSame = stored?.Type === 'OpenApi3' && sameJsonText(stored.Content, content)
    const action = !stored ? 'create' : isSame ? 'keep' : 'update'
    const note = action === 'update' ? {note: `a version after ${stored?.SchemaVersion ?? ''}`} : {}
    steps.push({change: {action, resource: 'schema', name: kind.name, ...note}, content})
  }
  return {
    changes: steps.map(({change}) => change),
    apply: (onDone) => applySteps(client, registry, steps, onDone),
  }
}

function contentOf(kind: LearnedKind): string {
  const content = JSON.stringify(toOpenApi(kind.model))
  if (content.length <= mostContent) return content
  throw new OpError(
    'usage',
    'SCHEMA_TOO_LONG',
    `The schema of ${kind.name} has ${content.length} characters; a registry takes ${mostContent}.`,
    {hint: 'Write it to a file with --output.'},
  )
}

async function applySteps(
  client: SchemasClient,
  registry: string,
  steps: readonly RegistryStep[],
  onDone: (change: SchemaChange) => void,
): Promise<void> {
  const done: string[] = []
  for (const {change, content} of steps) {
    if (change.action === 'keep') continue
    try {
      await (content === undefined
        ? createRegistry(client, registry)
        : putSchema(client, registry, change, content))
    } catch (error) {
      throw withDone(toOpError(error, inWords(change)), done)
    }
    done.push(inWords(change))
    onDone(change)
  }
}

function withDone(error: OpError, done: readonly string[]): OpError {
  if (done.length === 0) return error
  return new OpError('partial', 'REGISTRY_PARTIAL', `${messageOf(error)} Done before: ${done.join(', ')}.`, {
    hint: 'Run the command again: what is done already is kept.',
    requestId: error.requestId,
    cause: error,
  })
}

async function createRegistry(client: SchemasClient, registry: string): Promise<void> {
  const {CreateRegistryCommand} = await import('@aws-sdk/client-schemas')
  await client.send(new CreateRegistryCommand({RegistryName: registry}))
}

async function putSchema(
  client: SchemasClient,
  registry: string,
  {action, name}: SchemaChange,
  content: string,
): Promise<void> {
  const {CreateSchemaCommand, UpdateSchemaCommand} = await import('@aws-sdk/client-schemas')
  const input = {RegistryName: registry, SchemaName: name, Content: content, Type: 'OpenApi3' as const}
  await (action === 'create'
    ? client.send(new CreateSchemaCommand(input))
    : client.send(new UpdateSchemaCommand(input)))
}
