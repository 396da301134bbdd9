import {isJsonObject, own} from '../json-object'
import {pascalName} from '../schema-name'

/** A named schema of a document: its name, its pointer, and itself. */
export interface NamedSchema {
  name: string
  pointer: string
  schema: unknown
}

function isReferenced(value: unknown, reference: string): boolean {
  if (Array.isArray(value)) return value.some((member) => isReferenced(member, reference))
  if (!isJsonObject(value)) return false
  return Object.values(value).some((member) => member === reference || isReferenced(member, reference))
}

/**
 * The component that a document is about: a discovered `AWSEvent`, else the one named like the title (or its words), else `AWSEvent`, else the only one
 * that no other refers to. Undefined where that leaves a choice.
 */
export function rootComponent(document: unknown, named: readonly NamedSchema[]): NamedSchema | undefined {
  const title = own(own(document, 'info'), 'title')
  const event = named.find(({name}) => name === 'AWSEvent')
  if (event && own(event.schema, 'x-amazon-events-source') !== undefined) return event
  const likeTitle =
    named.find(({name}) => name === title) ??
    named.find(({name}) => typeof title === 'string' && name === pascalName(title))
  if (likeTitle || event || named.length === 1) return likeTitle ?? event ?? named[0]
  const free = named.filter(({schema: self, pointer}) =>
    named.every(({schema}) => schema === self || !isReferenced(schema, `#${pointer}`)),
  )
  return free.length === 1 ? free[0] : undefined
}
