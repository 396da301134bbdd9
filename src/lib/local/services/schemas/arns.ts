import {formatArn} from '../../../core/arn'
import type {CallContext} from '../../platform'

type Place = Pick<CallContext, 'region' | 'accountId'>

function arn(place: Place, resource: string): string {
  return formatArn({service: 'schemas', region: place.region, accountId: place.accountId, resource})
}

/** `arn:aws:schemas:REGION:ACCOUNT:registry/NAME` */
export function registryArn(place: Place, name: string): string {
  return arn(place, `registry/${name}`)
}

/** `arn:aws:schemas:REGION:ACCOUNT:schema/REGISTRY/NAME` */
export function schemaArn(place: Place, registry: string, name: string): string {
  return arn(place, `schema/${registry}/${name}`)
}

/** `arn:aws:schemas:REGION:ACCOUNT:discoverer/ID` */
export function discovererArn(place: Place, id: string): string {
  return arn(place, `discoverer/${id}`)
}
