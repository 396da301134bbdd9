import type {ApplyContext} from './apply-context'
import type {Change} from '../change'

/** Makes the archive of the rule's events, or changes what it keeps and for how long. It holds what comes from then on. */
export async function applyArchive({clients, road}: ApplyContext, change: Change): Promise<void> {
  const {CreateArchiveCommand, UpdateArchiveCommand} = await import('@aws-sdk/client-eventbridge')
  const client = await clients.eventBridge()
  const {archive} = road
  const input = {
    ArchiveName: archive?.name,
    EventPattern: archive?.pattern,
    RetentionDays: archive?.retentionDays,
  }
  await (change.action === 'update'
    ? client.send(new UpdateArchiveCommand(input))
    : client.send(
        new CreateArchiveCommand({
          ...input,
          EventSourceArn: archive?.sourceArn,
          Description: archive?.description,
        }),
      ))
}
