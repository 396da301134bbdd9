import type {AwsClients} from '../../aws/clients'
import {toOpError} from '../../aws/map-sdk-error'
import {readDiscoverer} from '../../binding/read/read-discoverer'
import {OpError} from '../../core/errors'
import {checkBus} from '../../events/check-bus'
import {roadResources} from '../../road/road'
import type {RoadSettings} from '../../road/settings'
import {discoveredRegistry} from '../find-schema'
import {RegistryClient} from '../registry-client'
import type {SchemaChange, SchemaPlan} from './schema-change'

/** A schema that discoverers found. */
export interface FoundSchema {
  name: string
  versionCount: number
  /** ISO-8601, UTC. */
  lastModified?: string
}

/** What `schemas discover --status` answers. */
export interface DiscovererStatus {
  bus: string
  state: 'started' | 'stopped' | 'absent'
  discovererId?: string
  registry: string
  /** All schemas of the registry, which the discoverers of all buses fill. */
  schemas: FoundSchema[]
}

/**
 * What starts (`wish` is `start`) or stops the schema discoverer of the bus of the settings: one that is missing is made, which starts
 * it. Throws `BUS_ABSENT` and, for a discoverer to stop that is not there, `DISCOVERER_ABSENT` (absent).
 */
export async function planDiscoverer(
  clients: AwsClients,
  settings: RoadSettings,
  wish: 'start' | 'stop',
): Promise<SchemaPlan> {
  await checkBus(await clients.eventBridge(), settings.bus)
  const client = await clients.schemas()
  const {sourceArn, description, tags} = roadResources(settings).discoverer
  const {discoverer: found} = await readDiscoverer(clients, sourceArn)
  const named = {resource: 'discoverer', name: settings.bus} as const
  const {CreateDiscovererCommand, StartDiscovererCommand, StopDiscovererCommand} =
    await import('@aws-sdk/client-schemas')
  if (!found) {
    if (wish === 'stop') throw discovererAbsent(settings.bus)
    const command = new CreateDiscovererCommand({SourceArn: sourceArn, Description: description, Tags: tags})
    return planOf({action: 'create', ...named}, () => client.send(command))
  }
  const isStarted = found.state === 'STARTED'
  if (isStarted === (wish === 'start')) {
    const note = isStarted ? 'it is started' : 'it is stopped'
    return planOf({action: 'keep', ...named, note}, () => Promise.resolve())
  }
  const id = {DiscovererId: found.id}
  const update: SchemaChange = {action: 'update', ...named, fields: ['State']}
  return wish === 'start'
    ? planOf({...update, note: 'it starts'}, () => client.send(new StartDiscovererCommand(id)))
    : planOf({...update, note: 'it stops; what it found stays'}, () =>
        client.send(new StopDiscovererCommand(id)),
      )
}

function planOf(change: SchemaChange, call: () => Promise<unknown>): SchemaPlan {
  return {
    changes: [change],
    apply: async (onDone) => {
      try {
        await call()
      } catch (error) {
        throw toOpError(error, `${change.action} the schema discoverer of bus ${change.name}`)
      }
      onDone(change)
    },
  }
}

function discovererAbsent(bus: string): OpError {
  return new OpError('absent', 'DISCOVERER_ABSENT', `The bus ${bus} has no schema discoverer.`, {
    hint: `Make one: usage-tracker schemas discover --start --bus ${bus}`,
  })
}

/** How the discoverer of a bus stands, and what is in the registry that discoverers fill. Throws `BUS_ABSENT` (absent) and what the services say. */
export async function discovererStatus(
  clients: AwsClients,
  settings: RoadSettings,
): Promise<DiscovererStatus> {
  await checkBus(await clients.eventBridge(), settings.bus)
  const {sourceArn} = roadResources(settings).discoverer
  const {discoverer: found} = await readDiscoverer(clients, sourceArn)
  return {
    bus: settings.bus,
    state: found ? (found.state === 'STARTED' ? 'started' : 'stopped') : 'absent',
    ...(found ? {discovererId: found.id} : {}),
    registry: discoveredRegistry,
    schemas: await foundSchemas(new RegistryClient(await clients.schemas())),
  }
}

async function foundSchemas(client: RegistryClient): Promise<FoundSchema[]> {
  const isThere = (await client.registries()).some(({RegistryName: name}) => name === discoveredRegistry)
  const schemas = isThere ? await client.schemas(discoveredRegistry) : []
  return schemas
    .map(({SchemaName: name = '', VersionCount: versionCount = 0, LastModified: at}) => ({
      name,
      versionCount,
      ...(at === undefined ? {} : {lastModified: at.toISOString()}),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}
