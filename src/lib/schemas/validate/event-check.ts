import type {Problem} from '../../schema-model/check/problems'
import type {SchemaCheck} from '../../schema-model/check/schema-check'
import {detailOf, isEventSchema} from '../../schema-model/detail'
import {isJsonObject, own} from '../../schema-model/json-object'
import type {SchemaDocument} from '../../schema-model/schema-document'

/** What one event is by a schema: what breaks it (nothing where it conforms), or that the schema speaks of other events. */
export type EventVerdict = readonly Problem[] | 'other'

/** Judges the parsed JSON of one event. */
export type EventCheck = (value: unknown) => EventVerdict

/**
 * A schema as a check of events as they come: whole EventBridge events, entries of PutEvents, and details. A schema of a whole event judges the
 * first as they are, and the detail of the others; any other schema judges the detail of all. Events of another source or detail type than the schema
 * names are `other`. Loads the validator library. Throws `SCHEMA_UNCHECKABLE` (usage), also when it is called.
 */
export async function eventCheck(document: SchemaDocument): Promise<EventCheck> {
  const {compileSchema} = await import('../../schema-model/check/schema-check')
  const isEvent = isEventSchema(document)
  const ofDetail = compileSchema(isEvent ? detailOf(document) : document)
  const ofWhole = isEvent ? compileSchema(document) : undefined
  return (value) => {
    if (!isJsonObject(value)) return ofDetail(value)
    if (Object.hasOwn(value, 'detail-type') && Object.hasOwn(value, 'detail')) {
      if (isOther(document, value['source'], value['detail-type'])) return 'other'
      return ofWhole ? ofWhole(value) : ofDetail(value['detail'])
    }
    const detail = own(value, 'Detail')
    if (typeof detail !== 'string' || !Object.hasOwn(value, 'DetailType')) return ofDetail(value)
    return isOther(document, value['Source'], value['DetailType']) ? 'other' : ofText(detail, ofDetail)
  }
}

function isOther({source, detailType}: SchemaDocument, ofEvent: unknown, typeOfEvent: unknown): boolean {
  return source !== undefined && (source !== ofEvent || detailType !== typeOfEvent)
}

function ofText(detail: string, check: SchemaCheck): readonly Problem[] {
  try {
    return check(JSON.parse(detail))
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return [{path: '$', rule: 'json', message: 'Detail holds no JSON'}]
  }
}
