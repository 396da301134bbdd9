import type {HopFinding} from './finding'

/** The answer of `doctor` under `--json`. */
export interface DoctorResult {
  /** Nothing is broken. */
  healthy: boolean
  accountId: string
  region: string
  /** Absent on AWS itself. */
  endpoint?: string
  hops: HopFinding[]
}

interface Where {
  accountId: string
  region: string
  endpoint: string | undefined
}

/** What the findings come to. */
export function doctorResult(where: Where, hops: HopFinding[]): DoctorResult {
  const {accountId, region, endpoint} = where
  return {
    healthy: hops.every(({status}) => status !== 'broken'),
    accountId,
    region,
    ...(endpoint !== undefined && {endpoint}),
    hops,
  }
}
