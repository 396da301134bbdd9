import {bindingTag} from '../../road/names'
import type {TagSet} from '../read/actual-road'

/** CloudFormation puts these on what it makes; nobody else can, as tags that begin with `aws:` are reserved. */
const stackNameTag = 'aws:cloudformation:stack-name'
const stackIdTag = 'aws:cloudformation:stack-id'

/** `owned by CloudFormation stack X`, where the tags say so. */
export function ownedByStack(tags: TagSet | undefined): string | undefined {
  // A stack's id is its ARN: arn:aws:cloudformation:REGION:ACCOUNT:stack/NAME/UUID.
  const stack = tags?.[stackNameTag] ?? tags?.[stackIdTag]?.split('/')[1] ?? tags?.[stackIdTag]
  return stack === undefined ? undefined : `owned by CloudFormation stack ${stack}`
}

/** Why a resource with these tags does not belong to one of the bindings, or undefined where it does. */
export function notOurs(tags: TagSet | undefined, isBinding: (name: string) => boolean): string | undefined {
  if (tags === undefined) return 'its tags cannot be read here'
  const stack = ownedByStack(tags)
  if (stack !== undefined) return stack
  const owner = tags[bindingTag]
  if (owner === undefined) return `has no tag ${bindingTag}`
  return isBinding(owner) ? undefined : `belongs to binding ${owner}`
}
