import type {AwsClients} from '../../aws/clients'
import {allItems} from '../../aws/paginate'
import {archiveName, bindingTag, busSidPrefix} from '../../road/names'
import type {Road, RoleResource} from '../../road/road'
import type {NamedBinding} from '../choose-bindings'
import {ownStatements} from '../plan/differences'
import {readOrAbsent} from '../read/read'
import {readArchive, readBus} from '../read/read-events'
import {readRole} from '../read/read-role'
import {eventTags} from '../read/read-tags'
import type {Remarks} from './remarks'

type Words = Partial<NamedBinding>

interface Deployed {
  road: Road
  /** Of the rule, where somebody gave it one. */
  description: string | undefined
}

/** What a binding says of its rule beyond the target: description, tags, archive, who else may send, boundary of the roles. */
export async function adoptSurroundings(
  clients: AwsClients,
  {road, description}: Deployed,
  remarks: Remarks,
): Promise<Words> {
  const {settings} = road
  const tags = await remarks.tryRead('The tags of the rule', () => eventTags(clients, road.rule.arn))
  return {
    ...(description && {description}),
    ...tagsOf(tags ?? {}),
    ...(await archiveOf(clients, road, remarks)),
    ...accessOf(
      await remarks.tryRead(`The policy of bus ${settings.bus}`, () => readBus(clients, settings.bus)),
      road,
    ),
    ...(await boundaryOf(clients, road, remarks)),
  }
}

/** Without those of AWS and of this tool, which it gives itself. */
function tagsOf(tags: Readonly<Record<string, string>>): Words {
  const own = Object.entries(tags).filter(([key]) => key !== bindingTag && !key.startsWith('aws:'))
  return own.length === 0 ? {} : {tags: Object.fromEntries(own)}
}

/** An archive by the name that `bind-target` gives is the binding's; the others of the bus are named. */
async function archiveOf(clients: AwsClients, {bus, settings}: Road, remarks: Remarks): Promise<Words> {
  const name = archiveName(settings)
  const archive = await remarks.tryRead(`Archive ${name}`, () => readArchive(clients, name))
  if (archive) return {archiveDays: archive.retentionDays}
  const others = await remarks.tryRead(`The archives of bus ${bus.name}`, () =>
    archiveNames(clients, bus.arn),
  )
  if (others && others.length > 0) {
    remarks.add(
      `Bus ${bus.name} has archives of others (${others.join(', ')}), which bind-target leaves alone.`,
    )
  }
  return {}
}

async function archiveNames(clients: AwsClients, EventSourceArn: string): Promise<string[]> {
  const {ListArchivesCommand} = await import('@aws-sdk/client-eventbridge')
  const client = await clients.eventBridge()
  const archives = await readOrAbsent('list the archives', () =>
    allItems(
      (token) => client.send(new ListArchivesCommand({EventSourceArn, NextToken: token})),
      (page) => page.NextToken,
      (page) => page.Archives,
    ),
  )
  return (archives ?? []).map(({ArchiveName: name}) => name ?? '')
}

/** Who else may send, by the statements that are the binding's own. */
function accessOf(bus: {policy?: unknown} | undefined, {settings}: Road): Words {
  const prefix = busSidPrefix(settings)
  const ids = ownStatements(prefix, bus?.policy).map(({Sid: sid = ''}) => sid.slice(prefix.length))
  const accounts = ids.filter((id) => /^\d{12}$/.test(id))
  const orgs = ids.filter((id) => id.startsWith('o-'))
  return {
    ...(accounts.length > 0 && {allowAccounts: accounts}),
    ...(orgs.length > 0 && {allowOrgs: orgs}),
  }
}

/** The permissions boundary of the roles that `bind-target` made. */
async function boundaryOf(clients: AwsClients, road: Road, remarks: Remarks): Promise<Words> {
  const roles: RoleResource[] = [
    ...(road.hasTargetRole ? [road.targetRole] : []),
    ...(road.hasLake ? [road.deliveryRole] : []),
  ]
  for (const role of roles) {
    const found = await remarks.tryRead(`Role ${role.name}`, () => readRole(clients, role))
    if (found?.permissionsBoundary !== undefined) return {permissionsBoundary: found.permissionsBoundary}
  }
  return {}
}
