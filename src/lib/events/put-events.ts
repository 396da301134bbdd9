import type {EventBridgeClient} from '@aws-sdk/client-eventbridge'
import type {PutEntry, PutResult} from '../publish/put-entry'

/** Sends a batch to a bus; answers what became of each entry, in the same order. Throws what the SDK client throws. */
export type Put = (batch: readonly PutEntry[]) => Promise<PutResult[]>

/** PutEvents of an SDK client as a `Put` to one bus (name or ARN). */
export async function putEvents(client: EventBridgeClient, bus: string): Promise<Put> {
  const {PutEventsCommand} = await import('@aws-sdk/client-eventbridge')
  return async (batch) => {
    const entries = batch.map((entry) => ({...entry, EventBusName: bus}))
    const answer = await client.send(new PutEventsCommand({Entries: entries}))
    return (answer.Entries ?? []).map((result) => ({
      eventId: result.EventId,
      errorCode: result.ErrorCode,
      errorMessage: result.ErrorMessage,
    }))
  }
}
