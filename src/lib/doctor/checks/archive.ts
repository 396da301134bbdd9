import {allItems} from '../../aws/paginate'
import type {Check} from '../check'
import {broken, ok, skipped} from '../finding'

/** An archive of the bus, where there is one: what replays are made from. */
export const archive: Check = {
  hop: 'archive',
  after: ['bus'],
  permissions: ['events:ListArchives'],
  run: async ({clients, road, commands}) => {
    const {ListArchivesCommand} = await import('@aws-sdk/client-eventbridge')
    const client = await clients.eventBridge()
    const archives = await allItems(
      (token) => client.send(new ListArchivesCommand({EventSourceArn: road.bus.arn, NextToken: token})),
      (page) => page.NextToken,
      (page) => page.Archives,
    )
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
