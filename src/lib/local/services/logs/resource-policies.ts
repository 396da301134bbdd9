import type {
  DeleteResourcePolicyCommandInput,
  DeleteResourcePolicyCommandOutput,
  DescribeResourcePoliciesCommandInput,
  DescribeResourcePoliciesCommandOutput,
  PutResourcePolicyCommandInput,
  PutResourcePolicyCommandOutput,
} from '@aws-sdk/client-cloudwatch-logs'
import {Constraints} from '../../constraints'
import {pageOf} from '../../page'
import type {Operation} from '../../platform'
import {parsePolicy, PolicyFault} from '../../policy/document'
import {ServiceError} from '../../service-error'
import type {Collection, Store} from '../../store'
import {invalidParameter, refuseMembers} from './errors'

interface ResourcePolicy {
  name: string
  /** JSON text, as it was put. */
  document: string
  updatedAt: number
}

const maxPolicies = 10

/** The account's resource policies by region: who else may write into its log groups. */
export class ResourcePolicies {
  private readonly rows: Collection<ResourcePolicy>

  constructor(private readonly store: Store) {
    this.rows = store.collection('logs/resource-policies')
  }

  /** The policies of a region, by name. */
  list(region: string): ResourcePolicy[] {
    return [...this.rows.list(`${region}/`)].map(({value}) => value)
  }

  find(region: string, name: string): ResourcePolicy | undefined {
    return this.rows.get(`${region}/${name}`)
  }

  save(region: string, policy: ResourcePolicy): void {
    this.store.write(() => this.rows.put(`${region}/${policy.name}`, policy))
  }

  delete(region: string, name: string): void {
    this.store.write(() => this.rows.delete(`${region}/${name}`))
  }
}

/** Puts a policy of the account under its name. Throws `InvalidParameterException`, `LimitExceededException`. */
export function putResourcePolicy(
  policies: ResourcePolicies,
): Operation<PutResourcePolicyCommandInput, PutResourcePolicyCommandOutput> {
  return (input, ctx) => {
    refuseMembers(input, ['resourceArn', 'expectedRevisionId'])
    const {policyName: name = '', policyDocument: document = ''} = input
    if (name === '') throw invalidParameter('Policy name cannot be empty')
    new Constraints('InvalidParameterException').text('policyDocument', document, {min: 1, max: 5120}).check()
    const parsed = parsePolicy(document)
    if (parsed instanceof PolicyFault) throw invalidParameter(parsed.message)
    if (
      parsed.statements.some((statement) => statement.principal === undefined && !statement.hasNotPrincipal)
    ) {
      throw invalidParameter('Missing required field Principal')
    }
    if (!policies.find(ctx.region, name) && policies.list(ctx.region).length >= maxPolicies) {
      throw new ServiceError('LimitExceededException', 'Resource limit exceeded.')
    }
    const policy = {name, document, updatedAt: ctx.now}
    policies.save(ctx.region, policy)
    return {resourcePolicy: describe(policy)}
  }
}

/** The account's policies by name, 50 at once at most. Throws `InvalidParameterException`. */
export function describeResourcePolicies(
  policies: ResourcePolicies,
): Operation<DescribeResourcePoliciesCommandInput, DescribeResourcePoliciesCommandOutput> {
  return (input, ctx) => {
    new Constraints('InvalidParameterException').number('limit', input.limit, {min: 1, max: 50}).check()
    refuseMembers(input, ['resourceArn'])
    // Policies of single resources are not there.
    const isScopeAsked = (input.policyScope ?? 'ACCOUNT') === 'ACCOUNT'
    const {items, nextToken} = pageOf(isScopeAsked ? policies.list(ctx.region) : [], {
      limit: input.limit ?? 50,
      token: input.nextToken,
      badToken: () => invalidParameter('The specified nextToken is invalid.'),
    })
    return {resourcePolicies: items.map(describe), ...(nextToken === undefined ? {} : {nextToken})}
  }
}

/** Removes a policy. Throws `ResourceNotFoundException`. */
export function deleteResourcePolicy(
  policies: ResourcePolicies,
): Operation<DeleteResourcePolicyCommandInput, DeleteResourcePolicyCommandOutput> {
  return (input, ctx) => {
    refuseMembers(input, ['resourceArn', 'expectedRevisionId'])
    const name = input.policyName ?? ''
    if (!policies.find(ctx.region, name)) {
      throw new ServiceError('ResourceNotFoundException', `Policy with name [${name}] does not exist`)
    }
    policies.delete(ctx.region, name)
    return {}
  }
}

function describe({name, document, updatedAt}: ResourcePolicy) {
  return {
    ...{policyName: name, policyDocument: document, lastUpdatedTime: updatedAt},
    policyScope: 'ACCOUNT' as const,
  }
}
