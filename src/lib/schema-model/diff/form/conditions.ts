import type {JsonObject} from '../../json-object'
import type {Kind} from './values'

/** Something asked of a value that is not taken apart: it is the same on both sides, or it is not decided. */
export interface Condition {
  keyword: string
  /** The keywords that say it. */
  body: JsonObject
  /** The only kind that it asks anything of. */
  kind?: Kind
}

const groups: readonly {keywords: readonly string[]; kind?: Kind; isWhole?: boolean}[] = [
  {keywords: ['not']},
  {keywords: ['if', 'then', 'else']},
  {keywords: ['contains', 'minContains', 'maxContains'], kind: 'array'},
  {keywords: ['dependentSchemas'], kind: 'object'},
  // What is unevaluated depends on everything beside it.
  {keywords: ['unevaluatedProperties'], kind: 'object', isWhole: true},
  {keywords: ['unevaluatedItems'], kind: 'array', isWhole: true},
]

/** The conditions of one schema, its unions left out. */
export function conditionsOf(node: JsonObject): Condition[] {
  return groups.flatMap(({keywords, kind, isWhole}) => {
    const [keyword = ''] = keywords
    if (!Object.hasOwn(node, keyword)) return []
    const entries = Object.entries(node).filter(([key]) => isWhole === true || keywords.includes(key))
    return [{keyword, body: Object.fromEntries(entries), ...(kind === undefined ? {} : {kind})}]
  })
}
