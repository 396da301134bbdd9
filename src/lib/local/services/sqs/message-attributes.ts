import type {MessageAttributeValue} from '@aws-sdk/client-sqs'
import {createHash} from 'node:crypto'
import {invalidParameter} from './errors'

/** An attribute of a message as it is kept: `StringValue` or `BinaryValue`, by its type. */
export interface MessageAttribute {
  dataType: string
  value: string | Uint8Array
}

export type MessageAttributes = Record<string, MessageAttribute>

/** Checks a message's attributes (SQS developer guide, "Message metadata"). Throws `InvalidParameterValue`. */
export function messageAttributesOf(
  given: Readonly<Record<string, MessageAttributeValue>> = {},
): MessageAttributes {
  const names = Object.keys(given)
  if (names.length > 10) {
    throw invalidParameter(`Number of message attributes [${names.length}] exceeds the allowed maximum [10].`)
  }
  return Object.fromEntries(
    names.map((name) => [name, attributeOf(name, given[name] ?? {DataType: undefined})]),
  )
}

function attributeOf(name: string, given: MessageAttributeValue): MessageAttribute {
  const isName = /^[\w-]+(\.[\w-]+)*$/.test(name) && name.length <= 256 && !/^(aws|amazon)\./i.test(name)
  if (!isName) throw invalidParameter(`The message attribute name '${name}' is invalid.`)
  const dataType = given.DataType ?? ''
  if (dataType === '') {
    throw invalidParameter(`The message attribute '${name}' must contain non-empty message attribute type.`)
  }
  const [kind] = dataType.split('.')
  if (!/^(String|Number|Binary)(\..+)?$/.test(dataType) || dataType.length > 256) {
    throw invalidParameter(
      `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`,
    )
  }
  const value = kind === 'Binary' ? given.BinaryValue : given.StringValue
  if (value === undefined || value.length === 0) {
    throw invalidParameter(
      `The message attribute '${name}' must contain non-empty message attribute value for message attribute type '${dataType}'.`,
    )
  }
  if (kind === 'Number' && Number.isNaN(Number(value))) {
    throw invalidParameter(`Could not cast message attribute '${name}' value to number.`)
  }
  return {dataType, value}
}

/** Bytes that attributes add to a message: names, types and values. */
export function sizeOfAttributes(attributes: MessageAttributes): number {
  return Object.entries(attributes).reduce(
    (sum, [name, {dataType, value}]) =>
      sum + Buffer.byteLength(name) + Buffer.byteLength(dataType) + toBytes(value).length,
    0,
  )
}

/**
 * MD5 over the attributes by name: of each the lengths (4 bytes, big endian) and bytes of name, type and value, the value
 * behind one byte that says whether it is text (1) or binary (2). Undefined where there are none.
 */
export function md5OfAttributes(attributes: MessageAttributes): string | undefined {
  const names = Object.keys(attributes).sort()
  if (names.length === 0) return undefined
  const md5 = createHash('md5')
  const add = (bytes: Uint8Array): void => {
    const length = Buffer.alloc(4)
    length.writeUInt32BE(bytes.length)
    md5.update(length).update(bytes)
  }
  for (const name of names) {
    const attribute = attributes[name]
    if (!attribute) continue
    add(Buffer.from(name))
    add(Buffer.from(attribute.dataType))
    md5.update(Buffer.from([typeof attribute.value === 'string' ? 1 : 2]))
    add(toBytes(attribute.value))
  }
  return md5.digest('hex')
}

/** The attributes that a receiver asks for: `All`, `.*`, names, or `prefix.*`. */
export function selectAttributes(
  attributes: MessageAttributes,
  wanted: readonly string[] = [],
): MessageAttributes {
  const isWanted = (name: string): boolean =>
    wanted.some(
      (w) => w === 'All' || w === '.*' || w === name || (w.endsWith('.*') && name.startsWith(w.slice(0, -1))),
    )
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => isWanted(name)))
}

/** Attributes as the SDK types them. */
export function toAttributeValues(attributes: MessageAttributes): Record<string, MessageAttributeValue> {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, {dataType, value}]) => [
      name,
      typeof value === 'string'
        ? {DataType: dataType, StringValue: value}
        : {DataType: dataType, BinaryValue: new Uint8Array(value)},
    ]),
  )
}

function toBytes(value: string | Uint8Array): Uint8Array {
  return typeof value === 'string' ? Buffer.from(value) : value
}
