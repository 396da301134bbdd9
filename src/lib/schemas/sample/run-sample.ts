import {parseRange} from '../../core/time'
import {detailOf} from '../../schema-model/detail'
import {createSampler} from '../../schema-model/sample/sampler'
import {openSchema, schemaId, type SchemaId} from '../open/open-schema'
import type {SchemaPorts} from '../open/schema-ports'

export interface SampleRequest {
  schema: string
  registry?: string | undefined
  'detail-only'?: boolean | undefined
  count: number
  seed: number
  /** Where the times of samples lie, as `parseTime` takes them: from inclusive, to exclusive. */
  from: string
  to: string
}

export interface SampleRun {
  schema: SchemaId
  /** Made as they are asked for. */
  samples: Iterable<unknown>
}

/**
 * Opens a schema and makes samples of it. The same seed and range give the same. Throws `BAD_TIME`, `NO_EVENT_DETAIL` (usage), what `openSchema`
 * throws, and what `createSampler` throws, also while samples are taken.
 */
export async function runSample(request: SampleRequest, now: number, ports: SchemaPorts): Promise<SampleRun> {
  const range = parseRange(request, now)
  const opened = await openSchema(request.schema, request.registry, ports)
  const document = request['detail-only'] ? detailOf(opened.document) : opened.document
  const sampler = await createSampler(document, {seed: request.seed, range})
  function* samples(): Generator {
    for (let i = 0; i < request.count; i++) yield sampler.next()
  }
  return {schema: schemaId(opened), samples: samples()}
}
