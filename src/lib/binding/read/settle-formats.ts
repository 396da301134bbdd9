import type {AwsClients} from '../../aws/clients'
import type {RecordFormat} from '../../road/record-format'
import type {RoadSettings} from '../../road/settings'
import {recordFormatOf} from '../plan/stream-differences'
import {readStream} from './read-stream'

/** Bindings of one stream share its form: where one of them names it, it counts for those that name none. */
export function shareFormats(settings: readonly RoadSettings[]): RoadSettings[] {
  const named = new Map<string, RecordFormat>()
  for (const {stream, recordFormat} of settings) {
    if (recordFormat !== undefined && !named.has(stream)) named.set(stream, recordFormat)
  }
  return settings.map((one) => ({...one, recordFormat: one.recordFormat ?? named.get(one.stream)}))
}

/**
 * Fills in the form of raw objects where nothing is said of it: a stream goes on as it does. What has no stream stays open,
 * which means JSON. Throws what reading a stream throws.
 */
export async function settleFormats(
  clients: AwsClients,
  settings: readonly RoadSettings[],
): Promise<RoadSettings[]> {
  const settled: RoadSettings[] = []
  for (const one of shareFormats(settings)) settled.push(await settleFormat(clients, one))
  return settled
}

/** The same for the settings of one road. */
export async function settleFormat(clients: AwsClients, settings: RoadSettings): Promise<RoadSettings> {
  if (settings.recordFormat !== undefined || settings.targetArn !== undefined) return settings
  const destination = (await readStream(clients, settings.stream))?.destination
  return destination ? {...settings, recordFormat: recordFormatOf(destination)} : settings
}
