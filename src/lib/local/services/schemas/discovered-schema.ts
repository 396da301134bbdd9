import type {GetDiscoveredSchemaCommandInput, GetDiscoveredSchemaCommandOutput} from '@aws-sdk/client-schemas'
import {eventKind} from '../../../schema-model/event-model'
import {inferShape} from '../../../schema-model/infer'
import {toJsonSchemaDraft4} from '../../../schema-model/to-json-schema-draft4'
import {toOpenApi} from '../../../schema-model/to-openapi'
import {messageOf} from '../../../core/errors'
import type {Operation} from '../../platform'
import {checkType, maxContentLength} from './check-content'
import {badRequest} from './errors'

function parseEvent(text: string, place: number): unknown {
  if (text.length < 1 || text.length > maxContentLength) {
    throw badRequest(`Event ${place} must have 1 to ${maxContentLength} characters.`)
  }
  try {
    return JSON.parse(text) as unknown
  } catch {
    throw badRequest(`Event ${place} is not valid JSON`)
  }
}

/** Throws BadRequestException where EventBridge events of several kinds are mixed: one schema describes one kind. */
function commonKind(events: readonly unknown[]): ReturnType<typeof eventKind> {
  const kinds = events.map(eventKind)
  const first = kinds[0]
  if (kinds.some((kind) => kind?.source !== first?.source || kind?.detailType !== first?.detailType)) {
    throw badRequest('The events must have the same source and detail-type.')
  }
  return first
}

/** GetDiscoveredSchema: the schema of one to ten events, as a discoverer would write it; nothing is stored. */
export const getDiscoveredSchema: Operation<
  GetDiscoveredSchemaCommandInput,
  GetDiscoveredSchemaCommandOutput
> = (input) => {
  const texts = input.Events ?? []
  const type = checkType(input.Type)
  if (texts.length < 1 || texts.length > 10) throw badRequest('Events must have 1 to 10 members.')
  const events = texts.map((text, index) => parseEvent(text, index + 1))
  const kind = commonKind(events)
  try {
    const document = toOpenApi({...kind, shape: inferShape(events)})
    return {Content: JSON.stringify(type === 'OpenApi3' ? document : toJsonSchemaDraft4(document))}
  } catch (error) {
    throw badRequest(messageOf(error))
  }
}
