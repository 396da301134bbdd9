import type {
  ListRoleTagsCommandInput,
  ListRoleTagsCommandOutput,
  TagRoleCommandInput,
  TagRoleCommandOutput,
  UntagRoleCommandInput,
  UntagRoleCommandOutput,
} from '@aws-sdk/client-iam'
import type {Operation} from '../../platform'
import type {RolePolicies} from '../../policy/role-policies'
import {pageOfItems, roleOf, toTags, withTags} from './input'

/** Adds or changes tags of a role. Throws `NoSuchEntity`, `ValidationError`, `LimitExceeded`. */
export function tagRole(roles: RolePolicies): Operation<TagRoleCommandInput, TagRoleCommandOutput> {
  return (input) => {
    const role = roleOf(roles, input.RoleName)
    roles.save({...role, tags: withTags(role.tags, input.Tags)})
    return {}
  }
}

/** Removes tags of a role; no error for one that is not there. Throws `NoSuchEntity`. */
export function untagRole(roles: RolePolicies): Operation<UntagRoleCommandInput, UntagRoleCommandOutput> {
  return (input) => {
    const role = roleOf(roles, input.RoleName)
    const gone = new Set(input.TagKeys)
    const kept = Object.entries(role.tags ?? {}).filter(([key]) => !gone.has(key))
    roles.save({...role, tags: Object.fromEntries(kept)})
    return {}
  }
}

/** The tags of a role. Throws `NoSuchEntity`. */
export function listRoleTags(
  roles: RolePolicies,
): Operation<ListRoleTagsCommandInput, ListRoleTagsCommandOutput> {
  return (input) => {
    const {items, page} = pageOfItems(toTags(roleOf(roles, input.RoleName).tags), input)
    return {Tags: items, ...page}
  }
}
