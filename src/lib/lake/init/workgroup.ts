import type {AthenaClient} from '@aws-sdk/client-athena'
import {toOpError} from '../../aws/map-sdk-error'
import {readOrAbsent} from '../../binding/read/read'

/** The scan limit of a workgroup, or undefined where there is no such workgroup. Throws what Athena refuses. */
export async function readWorkgroup(
  athena: AthenaClient,
  name: string,
): Promise<{scanLimitBytes: number | undefined} | undefined> {
  const {GetWorkGroupCommand} = await import('@aws-sdk/client-athena')
  const found = await readOrAbsent(`read workgroup ${name}`, async () => {
    try {
      return await athena.send(new GetWorkGroupCommand({WorkGroup: name}))
    } catch (error) {
      // Athena has no error name of its own for this: InvalidRequestException "WorkGroup usage is not found."
      if (error instanceof Error && /is not found/i.test(error.message)) return undefined
      throw error
    }
  })
  return found && {scanLimitBytes: found.WorkGroup?.Configuration?.BytesScannedCutoffPerQuery}
}

/** Limits what one query may scan. Athena takes 10 MB and more. Throws what it refuses. */
export async function limitScans(athena: AthenaClient, name: string, scanLimitBytes: number): Promise<void> {
  const {UpdateWorkGroupCommand} = await import('@aws-sdk/client-athena')
  try {
    await athena.send(
      new UpdateWorkGroupCommand({
        WorkGroup: name,
        ConfigurationUpdates: {BytesScannedCutoffPerQuery: scanLimitBytes},
      }),
    )
  } catch (error) {
    throw toOpError(error, `limit the scans of workgroup ${name}`)
  }
}
