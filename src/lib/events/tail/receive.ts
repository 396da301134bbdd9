import type {Message} from '@aws-sdk/client-sqs'
import type {AwsClients} from '../../aws/clients'
import {toOpError} from '../../aws/map-sdk-error'

/** Events whose ids are remembered, since a queue may hand out a message twice. */
const rememberedIds = 10_000

/**
 * The events that come to a queue, as JSON text, each once, until the signal is raised. SQS hands out ten at a time at most, so
 * several calls are under way together. A part may be empty: then nothing came for a while. Throws what SQS refuses.
 */
export async function* receiveEvents(
  clients: AwsClients,
  queueUrl: string,
  options: {signal: AbortSignal; parallel: number},
): AsyncGenerator<string[], void, void> {
  const seen = new Set<string>()
  const calls = new Map<number, Promise<{call: number; messages: Message[]}>>()
  const start = (call: number): void => {
    calls.set(
      call,
      receiveBatch(clients, queueUrl, options.signal).then((messages) => ({call, messages})),
    )
  }
  for (let call = 0; call < options.parallel; call++) start(call)
  try {
    while (!options.signal.aborted) {
      const {call, messages} = await Promise.race(calls.values())
      start(call)
      yield messages.flatMap(({Body: text}) => (text !== undefined && isNew(text, seen) ? [text] : []))
    }
  } finally {
    // Those that are still under way end with the signal; what they say then is of no use.
    for (const call of calls.values()) call.catch(() => undefined)
  }
}

async function receiveBatch(
  clients: AwsClients,
  queueUrl: string,
  abortSignal: AbortSignal,
): Promise<Message[]> {
  const {DeleteMessageBatchCommand, ReceiveMessageCommand} = await import('@aws-sdk/client-sqs')
  const sqs = await clients.sqs()
  try {
    const asked = new ReceiveMessageCommand({
      QueueUrl: queueUrl,
      MaxNumberOfMessages: 10,
      WaitTimeSeconds: 20,
    })
    const {Messages: messages = []} = await sqs.send(asked, {abortSignal})
    if (messages.length === 0) return []
    const Entries = messages.map(({ReceiptHandle}, i) => ({Id: String(i), ReceiptHandle}))
    await sqs.send(new DeleteMessageBatchCommand({QueueUrl: queueUrl, Entries}), {abortSignal})
    return messages
  } catch (error) {
    if (abortSignal.aborted) return []
    throw toOpError(error, 'receive the events that were matched')
  }
}

/** Notes the event's id; a text without one is new. */
function isNew(text: string, seen: Set<string>): boolean {
  const id = /^\{"version":"0","id":"([^"]+)"/.exec(text)?.[1]
  if (id === undefined) return true
  if (seen.has(id)) return false
  seen.add(id)
  // A Set hands out its members in the order in which they came.
  for (const oldest of seen) {
    if (seen.size <= rememberedIds) break
    seen.delete(oldest)
  }
  return true
}
