import {createHash} from 'node:crypto'
import {columnName} from '../../road/event-columns'
import {usageEventColumns} from '../../usage-event/columns'

/** Whose data is taken out. */
export interface Subject {
  kind: 'user' | 'customer'
  id: string
}

/** The id as a receipt names it: SHA-256, hexadecimal. */
export function subjectHash({kind, id}: Subject): string {
  return createHash('sha256').update(`${kind}:${id}`).digest('hex')
}

/**
 * What is personal in an event, as columns of the lake: who called, from where and with what, and free attributes. The customer is not: it is who pays,
 * and the bill has to stay. What the contract does not name is as free as an attribute, so it is taken for personal, too.
 */
export const personalColumns: ReadonlySet<string> = new Set([
  'user_id',
  'client_address',
  'client_user_agent',
  'attributes',
])

/** Places of an event's detail that stay: what the contract names, without what is personal. In lower case, as nothing tells names apart by case. */
export interface KeptPlace {
  /** Undefined for a value that stays as it is. */
  members?: ReadonlyMap<string, KeptPlace>
}

/** What stays of the detail of an event. */
export const keptDetail: KeptPlace = keptOf(
  usageEventColumns()
    .filter(({path}) => !personalColumns.has(columnName(path)))
    .map(({path}) => path.map((step) => step.toLowerCase())),
  usageEventColumns().map(({path}) => path.map((step) => step.toLowerCase())),
)

/** Objects of the contract stay, also where nothing in them does. */
function keptOf(kept: readonly string[][], named: readonly string[][]): KeptPlace {
  const members = new Map<string, KeptPlace>()
  for (const [first = ''] of named) {
    const below = (paths: readonly string[][]) =>
      paths.filter(([step]) => step === first).map((path) => path.slice(1))
    const isLeaf = below(named).some((path) => path.length === 0)
    if (!isLeaf) members.set(first, keptOf(below(kept), below(named)))
    else if (below(kept).length > 0) members.set(first, {})
  }
  return {members}
}

/** Where the id of a subject stands in an event's detail. */
export function idPath({kind}: Subject): readonly string[] {
  return [kind, 'id']
}
