import {allItems} from '../../aws/paginate'
import type {Check, DoctorContext} from '../check'
import {archiveDifferences} from '../../binding/plan/differences'
import {readArchive} from '../../binding/read/read-events'
import type {ArchiveResource} from '../../road/road'
import {broken, ok, skipped, warn} from '../finding'
import type {Finding} from '../finding'

/** An archive of the bus, where there is one: what replays are made from. */
export const archive: Check = {
  hop: 'archive',
  after: ['bus'],
  permissions: ['events:ListArchives', 'events:DescribeArchive'],
  run: async (context) => {
    const {clients, road, commands} = context
    const {ListArchivesCommand} = await import('@aws-sdk/client-eventbridge')
    const client = await clients.eventBridge()
    const archives = await allItems(
      (token) => client.send(new ListArchivesCommand({EventSourceArn: road.bus.arn, NextToken: token})),
      (page) => page.NextToken,
      (page) => page.Archives,
    )
    const wanted = road.archive && (await judgeWanted(context, road.archive))
    if (wanted) return wanted
    if (archives.length === 0) return skipped(`Bus ${road.bus.name} has no archive.`)
    const sick = archives.find(({State: state}) => !/^(ENABLED|CREATING|UPDATING)$/.test(state ?? ''))
    const names = archives.map(({ArchiveName: name}) => name).join(', ')
    if (!sick) return ok(`Bus ${road.bus.name} is archived: ${names}.`)
    const name = sick.ArchiveName ?? ''
    const why = sick.StateReason === undefined ? '' : `: ${sick.StateReason}`
    const remove = commands.aws('events', 'delete-archive', '--archive-name', name)
    return broken(
      `Archive ${name} is ${sick.State ?? 'in no known state'}${why}.`,
      `Delete it (${remove}) and make it again.`,
    )
  },
}

/** What is wrong with the archive that is asked for. */
async function judgeWanted(
  {clients, road, commands}: DoctorContext,
  wanted: ArchiveResource,
): Promise<Finding | undefined> {
  const found = await readArchive(clients, wanted.name)
  if (!found) {
    const reason = `There is no archive ${wanted.name}: no event of rule ${road.rule.name} can be replayed.`
    return broken(reason, commands.bind())
  }
  const fields = archiveDifferences(wanted, found)
  if (fields.includes('pattern')) {
    return broken(`Archive ${wanted.name} keeps other events than the rule takes.`, commands.bind())
  }
  if (fields.length === 0) return undefined
  const days = (count: number): string => (count === 0 ? 'for ever' : `for ${count} days`)
  const seen = `keeps events ${days(found.retentionDays)}, not ${days(wanted.retentionDays)}`
  return warn(`Archive ${wanted.name} ${seen}.`, commands.bind())
}
