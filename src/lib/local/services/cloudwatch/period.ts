import {missingParameter, unsupported} from './errors'

/** Periods of values that were put with a resolution of a second. */
const below = [1, 5, 10, 20, 30]

/** A period in seconds must be a multiple of 60. Throws `MissingParameter`, or `error` with the reason. */
export function checkPeriod(
  seconds: number | undefined,
  path: string,
  error: (message: string) => Error,
): number {
  if (seconds === undefined) throw missingParameter(path)
  if (below.includes(seconds)) throw unsupported(`A period of ${seconds} seconds (${path})`)
  if (!Number.isInteger(seconds) || seconds < 60 || seconds % 60 !== 0) {
    throw error(
      `The value ${seconds} for parameter ${path} is not valid. It must be 1, 5, 10, 20, 30 or a multiple of 60.`,
    )
  }
  return seconds
}
