import {parseExact} from '../../core/json'
import {JsonTokens} from '../syntax/json-tokens'
import type {Token} from '../syntax/json-tokens'

export type Scalar = {kind: 'scalar'; value: unknown}
export type EventObject = {kind: 'object'; members: {name: string; node: EventNode}[]}
export type EventArray = {kind: 'array'; items: EventNode[]}
/** A value of an event. A key that stands twice is there twice. */
export type EventNode = Scalar | EventObject | EventArray

function readNode(tokens: JsonTokens, token: Token): EventNode {
  switch (token) {
    case 'start-object': {
      const members: EventObject['members'] = []
      while (tokens.next() !== 'end-object') {
        const {name} = tokens
        members.push({name, node: readNode(tokens, tokens.next())})
      }
      return {kind: 'object', members}
    }
    case 'start-array': {
      const items: EventNode[] = []
      for (let next = tokens.next(); next !== 'end-array'; next = tokens.next()) {
        items.push(readNode(tokens, next))
      }
      return {kind: 'array', items}
    }
    case 'string':
      return {kind: 'scalar', value: tokens.content(token)}
    default:
      return {kind: 'scalar', value: parseExact(tokens.content(token))}
  }
}

/** Reads an event that matching has found to be one JSON object of at most 1,000 levels. */
export function readEventTree(text: string): EventNode {
  const tokens = new JsonTokens(text)
  return readNode(tokens, tokens.next())
}

/** A node as a JSON value; of a key that stands twice the last one. */
export function toJsonValue(node: EventNode): unknown {
  switch (node.kind) {
    case 'scalar':
      return node.value
    case 'array':
      return node.items.map(toJsonValue)
    case 'object':
      return Object.fromEntries(node.members.map((member) => [member.name, toJsonValue(member.node)]))
  }
}
