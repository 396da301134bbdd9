import {busSidPrefix} from '../../road/names'
import {ownStatements} from '../plan/differences'
import type {RemovalContext} from './remove'
import {unlessGone} from '../../aws/unless-gone'

/** Takes the binding's statements out of the bus's policy; the others stay. */
export async function removeBusStatements({clients, road, actual}: RemovalContext): Promise<void> {
  const {RemovePermissionCommand} = await import('@aws-sdk/client-eventbridge')
  const client = await clients.eventBridge()
  for (const {Sid} of ownStatements(busSidPrefix(road.settings), actual.bus?.policy)) {
    const input = {EventBusName: road.bus.name, StatementId: Sid}
    await unlessGone(() => client.send(new RemovePermissionCommand(input)))
  }
}
