/** One statement of a policy; members that may be one value or several are lists. */
export interface Statement {
  effect: 'Allow' | 'Deny'
  /** Kind of principal -> names; `{'*': ['*']}` is everybody. Undefined in a policy of a user or role. */
  principal: Readonly<Record<string, readonly string[]>> | undefined
  /** Says whom it does not mean: not judged here. */
  notPrincipal: boolean
  actions: readonly string[] | undefined
  notActions: readonly string[] | undefined
  resources: readonly string[] | undefined
  notResources: readonly string[] | undefined
  conditions: readonly {operator: string; key: string; values: readonly string[]}[]
}

type Raw = Readonly<Record<string, unknown>>

/** The statements of a policy's JSON text; undefined for a text that is none. Never throws. */
export function readStatements(text: string): Statement[] | undefined {
  let document: unknown
  try {
    document = JSON.parse(text)
  } catch {
    return undefined
  }
  if (!isRecord(document)) return undefined
  const listed = listOf(document['Statement'])
  if (listed.length === 0 || !listed.every(isRecord)) return undefined
  return listed.map(toStatement)
}

function toStatement(raw: Raw): Statement {
  return {
    effect: raw['Effect'] === 'Allow' ? 'Allow' : 'Deny',
    principal: principalOf(raw['Principal']),
    notPrincipal: raw['NotPrincipal'] !== undefined,
    actions: textsOf(raw['Action']),
    notActions: textsOf(raw['NotAction']),
    resources: textsOf(raw['Resource']),
    notResources: textsOf(raw['NotResource']),
    conditions: conditionsOf(raw['Condition']),
  }
}

function principalOf(value: unknown): Statement['principal'] {
  if (typeof value === 'string') return {'*': [value]}
  if (!isRecord(value)) return undefined
  return Object.fromEntries(Object.entries(value).map(([kind, names]) => [kind, textsOf(names) ?? []]))
}

function conditionsOf(value: unknown): Statement['conditions'] {
  if (!isRecord(value)) return []
  return Object.entries(value).flatMap(([operator, keys]) =>
    Object.entries(isRecord(keys) ? keys : {}).map(([key, values]) => ({
      operator,
      key,
      values: textsOf(values) ?? [],
    })),
  )
}

function textsOf(value: unknown): string[] | undefined {
  return value === undefined ? undefined : listOf(value).map(String)
}

function listOf(value: unknown): unknown[] {
  if (value === undefined) return []
  return Array.isArray(value) ? (value as unknown[]) : [value]
}

function isRecord(value: unknown): value is Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
