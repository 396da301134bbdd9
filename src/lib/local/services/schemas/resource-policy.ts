import type {
  DeleteResourcePolicyCommandInput,
  DeleteResourcePolicyCommandOutput,
  GetResourcePolicyCommandInput,
  GetResourcePolicyCommandOutput,
  PutResourcePolicyCommandInput,
  PutResourcePolicyCommandOutput,
} from '@aws-sdk/client-schemas'
import type {Operation} from '../../platform'
import {ServiceError} from '../../service-error'
import {findRegistry, refuseManaged} from './checks'
import {badRequest, notFound} from './errors'
import {registryKey, type Tables} from './tables'

function checkPolicy(text: string): string {
  try {
    const policy: unknown = JSON.parse(text)
    if (typeof policy === 'object' && policy !== null && !Array.isArray(policy)) return text
  } catch {
    // Answered below, as for any other text that is no policy.
  }
  throw badRequest('Policy is not a valid JSON document.')
}

/** PutResourcePolicy. It is kept and answered; calls to this endpoint are not checked against it. A stale RevisionId is refused (412). */
export function putResourcePolicy(
  tables: Tables,
): Operation<PutResourcePolicyCommandInput, PutResourcePolicyCommandOutput> {
  return (input, ctx) => {
    refuseManaged(input.RegistryName ?? '')
    const text = checkPolicy(
      typeof input.Policy === 'string' ? input.Policy : JSON.stringify(input.Policy ?? null),
    )
    return tables.store.write(() => {
      const row = findRegistry(tables, ctx.region, input.RegistryName)
      if (input.RevisionId !== undefined && input.RevisionId !== row.policy?.revisionId) {
        throw new ServiceError(
          'PreconditionFailedException',
          'The revision id does not match the policy.',
          412,
        )
      }
      const policy = {text, revisionId: ctx.requestId}
      tables.registries.put(registryKey(ctx.region, row.name), {...row, policy})
      return {Policy: text, RevisionId: policy.revisionId}
    })
  }
}

/** GetResourcePolicy. Throws NotFoundException where the registry has none. */
export function getResourcePolicy(
  tables: Tables,
): Operation<GetResourcePolicyCommandInput, GetResourcePolicyCommandOutput> {
  return (input, ctx) => {
    const {name, policy} = findRegistry(tables, ctx.region, input.RegistryName)
    if (!policy) throw notFound(`Registry ${name} has no resource policy.`)
    return {Policy: policy.text, RevisionId: policy.revisionId}
  }
}

/** DeleteResourcePolicy. */
export function deleteResourcePolicy(
  tables: Tables,
): Operation<DeleteResourcePolicyCommandInput, DeleteResourcePolicyCommandOutput> {
  return (input, ctx) => {
    refuseManaged(input.RegistryName ?? '')
    tables.store.write(() => {
      const {policy, ...row} = findRegistry(tables, ctx.region, input.RegistryName)
      if (!policy) throw notFound(`Registry ${row.name} has no resource policy.`)
      tables.registries.put(registryKey(ctx.region, row.name), row)
    })
    return {}
  }
}
