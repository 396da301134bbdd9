import type {OpError} from '../core/errors'
import {firehose} from '../road/targets/firehose'
import {checksOf} from './checks/checks-of'
import {broken, skippedAfter} from './finding'
import type {HopFinding} from './finding'

/** The findings where nobody knows who asks, or it is the wrong account: nothing else was read. */
export function withoutAccess(error: OpError): HopFinding[] {
  return checksOf({hasLake: true, kind: firehose, busAccess: undefined}).map(({hop}) => ({
    hop,
    ...(hop === 'credentials' ? broken(error.message, error.hint) : skippedAfter('credentials')),
  }))
}
