import type {EventBridgeClient, PutEventsCommandOutput} from '@aws-sdk/client-eventbridge'
import {HttpResponse} from '@smithy/core/protocols'
import {operation} from '@smithy/core/schema'
import type {Answer} from './post'

/** What is used of the client's protocol; its type is a union over the ages of the SDK, which nothing can call. */
interface Reading {
  deserializeResponse(
    schema: ReturnType<typeof operation>,
    context: object,
    response: HttpResponse,
  ): Promise<PutEventsCommandOutput>
}

/**
 * Reads an answer to PutEvents with the client's own protocol: answers its output, or throws the error that the client
 * would have thrown, with `$metadata` and `$response` as its middleware sets them.
 */
export async function readByClient(
  client: EventBridgeClient,
  answer: Answer,
): Promise<PutEventsCommandOutput> {
  const {PutEvents$} = await import('@aws-sdk/client-eventbridge')
  const [, namespace, name, traits, input, output] = PutEvents$
  const response = new HttpResponse({
    statusCode: answer.status,
    ...(answer.reason !== undefined && {reason: answer.reason}),
    headers: flat(answer.headers),
    body: answer.body,
  })
  try {
    const protocol = client.config.protocol as unknown as Reading
    const schema = operation(namespace, name, traits, input, output)
    return await protocol.deserializeResponse(schema, {...client.config}, response)
  } catch (error) {
    throw error instanceof Error ? asFromClient(error, response) : error
  }
}

function asFromClient(error: Error, response: HttpResponse): Error {
  const $metadata = {
    httpStatusCode: response.statusCode,
    requestId: response.headers['x-amzn-requestid'] ?? response.headers['x-amz-request-id'],
  }
  Object.defineProperty(error, '$response', {value: response, enumerable: false})
  return '$metadata' in error ? error : Object.assign(error, {$metadata})
}

function flat(headers: Answer['headers']): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value].flat().join(', ')]))
}
