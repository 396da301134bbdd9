import type {FieldType, KnownField} from '../core/where-field'
import schema from './usage-event.schema.json'

interface SchemaNode {
  type: string
  description: string
  required?: readonly string[]
  properties?: Readonly<Record<string, SchemaNode>>
  minimum?: number
  maximum?: number
  examples?: readonly unknown[]
}

/** A field as the contract has it. */
export interface UsageEventField extends KnownField {
  /** Whether every usage event has it, or every one that has the object it stands in. */
  required: boolean
  minimum: number | undefined
  maximum: number | undefined
  /** A value of it; undefined for an object, whose members have theirs. */
  example: unknown
}

/**
 * All fields that the contract names, as they stand in an EventBridge event (`detail.customer.id`), in the contract's order,
 * each object before its members.
 */
export function usageEventFields(): UsageEventField[] {
  return membersOf(schema, 'detail')
}

function membersOf(node: Pick<SchemaNode, 'properties' | 'required'>, parent: string): UsageEventField[] {
  return Object.entries(node.properties ?? {}).flatMap(([name, child]) => {
    const {description, minimum, maximum, properties, examples} = child
    const field: UsageEventField = {
      path: `${parent}.${name}`,
      type: child.type as FieldType,
      isFree: child.type === 'object' && properties === undefined,
      description,
      required: node.required?.includes(name) === true,
      minimum,
      maximum,
      example: properties === undefined ? examples?.[0] : undefined,
    }
    return [field, ...membersOf(child, field.path)]
  })
}
