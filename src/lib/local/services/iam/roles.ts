import type {
  CreateRoleCommandInput,
  CreateRoleCommandOutput,
  DeleteRoleCommandInput,
  DeleteRoleCommandOutput,
  GetRoleCommandInput,
  GetRoleCommandOutput,
  ListRolesCommandInput,
  ListRolesCommandOutput,
  Role as RoleShape,
  UpdateAssumeRolePolicyCommandInput,
  UpdateAssumeRolePolicyCommandOutput,
  UpdateRoleCommandInput,
  UpdateRoleCommandOutput,
} from '@aws-sdk/client-iam'
import {randomInt} from 'node:crypto'
import {formatArn, partitionOf} from '../../../core/arn'
import type {Operation} from '../../platform'
import type {Role, RolePolicies} from '../../policy/role-policies'
import {ServiceError} from '../../service-error'
import {constraint} from './errors'
import {nameOf, numberWithin, pageOfItems, refuse, roleOf, toTags, withTags} from './input'
import {encodeDocument, trustPolicyOf} from './policy-text'

/** Makes a role. Throws `EntityAlreadyExists`, `MalformedPolicyDocument`, `LimitExceeded`, `ValidationError`. */
export function createRole(roles: RolePolicies): Operation<CreateRoleCommandInput, CreateRoleCommandOutput> {
  return (input, ctx) => {
    refuse(input, ['PermissionsBoundary'])
    const name = nameOf(input.RoleName, 'roleName', 64)
    const path = pathOf(input.Path)
    const description = descriptionOf(input.Description)
    const maxSessionDuration = numberWithin(input.MaxSessionDuration, 'maxSessionDuration', 3600, 43_200)
    const trustPolicy = trustPolicyOf(input.AssumeRolePolicyDocument)
    if (roles.role(name)) {
      throw new ServiceError('EntityAlreadyExistsException', `Role with name ${name} already exists.`, 409)
    }
    const role: Role = {
      name,
      arn: formatArn({
        ...{partition: partitionOf(ctx.region), service: 'iam', region: '', accountId: ctx.accountId},
        resource: `role${path}${name}`,
      }),
      id: uniqueId('AROA'),
      path,
      createdAt: ctx.now,
      trustPolicy,
      inlinePolicies: {},
      tags: withTags({}, input.Tags),
      ...(description === undefined ? {} : {description}),
      ...(maxSessionDuration === undefined ? {} : {maxSessionDuration}),
    }
    roles.save(role)
    return {Role: {...toRoleShape(role), ...tagsOf(role)}}
  }
}

/** A role with its tags. Throws `NoSuchEntity`. */
export function getRole(roles: RolePolicies): Operation<GetRoleCommandInput, GetRoleCommandOutput> {
  return (input) => {
    const role = roleOf(roles, input.RoleName)
    return {Role: {...toRoleShape(role), ...tagsOf(role), RoleLastUsed: {}}}
  }
}

/** Roles by name, below a path; without tags, as IAM's list has them. */
export function listRoles(roles: RolePolicies): Operation<ListRolesCommandInput, ListRolesCommandOutput> {
  return (input) => {
    const found = roles.roles().filter((role) => role.path.startsWith(input.PathPrefix ?? '/'))
    const {items, page} = pageOfItems(found, input)
    return {Roles: items.map(toRoleShape), ...page}
  }
}

/** Removes a role that has no policies. Throws `NoSuchEntity` and `DeleteConflict`. */
export function deleteRole(roles: RolePolicies): Operation<DeleteRoleCommandInput, DeleteRoleCommandOutput> {
  return (input) => {
    const role = roleOf(roles, input.RoleName)
    if (Object.keys(role.inlinePolicies).length > 0) {
      throw new ServiceError(
        'DeleteConflictException',
        'Cannot delete entity, must delete policies first.',
        409,
      )
    }
    roles.delete(role.name)
    return {}
  }
}

/** Changes description and session length. Throws `NoSuchEntity` and `ValidationError`. */
export function updateRole(roles: RolePolicies): Operation<UpdateRoleCommandInput, UpdateRoleCommandOutput> {
  return (input) => {
    const role = roleOf(roles, input.RoleName)
    const description = descriptionOf(input.Description)
    const maxSessionDuration = numberWithin(input.MaxSessionDuration, 'maxSessionDuration', 3600, 43_200)
    roles.save({
      ...role,
      ...(description === undefined ? {} : {description}),
      ...(maxSessionDuration === undefined ? {} : {maxSessionDuration}),
    })
    return {}
  }
}

/** Replaces the trust policy. Throws `NoSuchEntity`, `MalformedPolicyDocument`, `LimitExceeded`. */
export function updateAssumeRolePolicy(
  roles: RolePolicies,
): Operation<UpdateAssumeRolePolicyCommandInput, UpdateAssumeRolePolicyCommandOutput> {
  return (input) => {
    const role = roleOf(roles, input.RoleName)
    roles.save({...role, trustPolicy: trustPolicyOf(input.PolicyDocument)})
    return {}
  }
}

function toRoleShape(role: Role): RoleShape {
  return {
    Path: role.path,
    RoleName: role.name,
    RoleId: role.id,
    Arn: role.arn,
    CreateDate: new Date(role.createdAt),
    AssumeRolePolicyDocument: encodeDocument(role.trustPolicy),
    ...(role.description === undefined ? {} : {Description: role.description}),
    MaxSessionDuration: role.maxSessionDuration ?? 3600,
  }
}

function tagsOf(role: Role): Pick<RoleShape, 'Tags'> {
  const tags = toTags(role.tags)
  return tags.length > 0 ? {Tags: tags} : {}
}

function pathOf(path = '/'): string {
  if (!/^(\/|\/[\u0021-\u007e]+\/)$/.test(path) || path.length > 512) {
    throw constraint(
      path,
      'path',
      'satisfy regular expression pattern: (\\u002F)|(\\u002F[\\u0021-\\u007F]+\\u002F)',
    )
  }
  return path
}

function descriptionOf(text: string | undefined): string | undefined {
  if (text !== undefined && text.length > 1000) {
    throw constraint(text, 'description', 'have length less than or equal to 1000')
  }
  return text
}

/** A prefix that tells the kind (IAM user guide, "Unique identifiers") and 17 capitals and digits. */
function uniqueId(prefix: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  return prefix + Array.from({length: 17}, () => alphabet[randomInt(alphabet.length)]).join('')
}
