import type {Road} from '../../road/road'
import type {Check} from '../check'
import {archive} from './archive'
import {bucket} from './bucket'
import {bus} from './bus'
import {busAccess as busPolicy} from './bus-access'
import {credentials} from './credentials'
import {database} from './database'
import {deadLetters} from './dead-letters'
import {delivery} from './delivery'
import {deliveryRole} from './delivery-role'
import {errorObjects} from './error-objects'
import {freshness} from './freshness'
import {metrics} from './metrics'
import {objects} from './objects'
import {pattern} from './pattern'
import {producers} from './producers'
import {projection} from './projection'
import {quota} from './quota'
import {report} from './report'
import {rule} from './rule'
import {simulation} from './simulation'
import {stream} from './stream'
import {table} from './table'
import {target} from './target'
import {targetRole} from './target-role'
import {targetState} from './target-state'
import {workgroup} from './workgroup'

/** The checks of a road, in the order of the road. A check stands behind those that it names in `after`. */
export function checksOf({hasLake, kind, busAccess}: Pick<Road, 'hasLake' | 'kind' | 'busAccess'>): Check[] {
  const roles = [...(kind.role ? [targetRole] : []), ...(hasLake ? [deliveryRole] : [])]
  return [
    ...[
      credentials,
      bus,
      ...(busAccess ? [busPolicy] : []),
      rule,
      pattern,
      quota,
      target,
      hasLake ? stream : targetState,
    ],
    ...[...roles, ...(roles.length > 0 ? [simulation] : []), deadLetters, archive, metrics],
    ...(hasLake ? lakeChecks : []),
  ]
}

/** From the delivery stream to the report. */
const lakeChecks: readonly Check[] = [
  ...[delivery, bucket, errorObjects, objects, freshness, database, table, projection, workgroup],
  ...[producers, report],
]
