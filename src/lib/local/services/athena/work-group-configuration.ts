import type {WorkGroupConfiguration, WorkGroupConfigurationUpdates} from '@aws-sdk/client-athena'
import {notEmulated} from '../../service-error'
import {invalidRequest} from './errors'
import {engineVersion} from './work-group-store'

/** Members that change what a query does or where it runs, and that the endpoint does not emulate. */
const notThere = [
  'ManagedQueryResultsConfiguration',
  'ManagedQueryResultsConfigurationUpdates',
  'AdditionalConfiguration',
  'ExecutionRole',
  'MonitoringConfiguration',
  'EngineConfiguration',
  'CustomerContentEncryptionConfiguration',
  'IdentityCenterConfiguration',
  'QueryResultsS3AccessGrantsConfiguration',
]

/** A new workgroup's configuration; `EnforceWorkGroupConfiguration` is true unless said otherwise. Throws `InvalidRequestException`. */
export function newConfiguration(input: WorkGroupConfiguration): WorkGroupConfiguration {
  refuse(input)
  checkCutoff(input.BytesScannedCutoffPerQuery)
  checkLocation(input.ResultConfiguration?.OutputLocation)
  return {
    ...input,
    ResultConfiguration: input.ResultConfiguration ?? {},
    EnforceWorkGroupConfiguration: input.EnforceWorkGroupConfiguration ?? true,
    PublishCloudWatchMetricsEnabled: input.PublishCloudWatchMetricsEnabled ?? false,
    RequesterPaysEnabled: input.RequesterPaysEnabled ?? false,
    EngineVersion: engineVersion,
  }
}

/** A configuration with updates laid over it; `Remove...` members take values away. Throws `InvalidRequestException`. */
export function updatedConfiguration(
  before: WorkGroupConfiguration,
  updates: WorkGroupConfigurationUpdates,
): WorkGroupConfiguration {
  refuse(updates)
  checkCutoff(updates.BytesScannedCutoffPerQuery)
  const {ResultConfigurationUpdates: results = {}, RemoveBytesScannedCutoffPerQuery: noCutoff} = updates
  checkLocation(results.OutputLocation)
  const cutoff = updates.BytesScannedCutoffPerQuery ?? before.BytesScannedCutoffPerQuery
  const rest = {...before}
  delete rest.BytesScannedCutoffPerQuery
  const result = {...before.ResultConfiguration}
  if (results.RemoveOutputLocation) delete result.OutputLocation
  if (results.RemoveEncryptionConfiguration) delete result.EncryptionConfiguration
  if (results.OutputLocation !== undefined) result.OutputLocation = results.OutputLocation
  if (results.EncryptionConfiguration) result.EncryptionConfiguration = results.EncryptionConfiguration
  return {
    ...rest,
    ...(cutoff === undefined || noCutoff ? {} : {BytesScannedCutoffPerQuery: cutoff}),
    ResultConfiguration: result,
    EnforceWorkGroupConfiguration:
      updates.EnforceWorkGroupConfiguration ?? before.EnforceWorkGroupConfiguration,
    PublishCloudWatchMetricsEnabled:
      updates.PublishCloudWatchMetricsEnabled ?? before.PublishCloudWatchMetricsEnabled,
    RequesterPaysEnabled: updates.RequesterPaysEnabled ?? before.RequesterPaysEnabled,
    EngineVersion: engineVersion,
  }
}

/** Throws `InvalidRequestException` where a text is no place in S3. */
export function checkLocation(location: string | undefined): void {
  if (location !== undefined && location !== '' && !/^s3:\/\/[^/]+/.test(location)) {
    throw invalidRequest('outputLocation is not a valid S3 path.')
  }
}

function checkCutoff(bytes: number | undefined): void {
  if (bytes !== undefined && bytes < 10_000_000) {
    throw invalidRequest(
      `1 validation error detected: Value '${bytes}' at 'bytesScannedCutoffPerQuery' failed to satisfy constraint: Member must have value greater than or equal to 10000000`,
    )
  }
}

function refuse(input: object): void {
  const found = notThere.find((member) => (input as Record<string, unknown>)[member] !== undefined)
  if (found !== undefined) throw notEmulated(found, 'InvalidRequestException')
}
