import type {AwsClients} from '../../aws/clients'
import type {Sleep} from '../../aws/wait'
import type {Now} from '../../core/clock'
import type {Road} from '../../road/road'
import type {ActualRoad} from '../read/actual-road'

/** What applying a plan needs. */
export interface ApplyContext {
  clients: AwsClients
  road: Road
  /** What was there when the plan was made. */
  actual: ActualRoad
  now: Now
  sleep: Sleep
  signal?: AbortSignal | undefined
  /** Set once a role was made or changed: what uses it may have to be tried again for a while. */
  rolesChanged: boolean
}
