import {isObject} from '../../core/json'

/** A policy as its text says it, checked for form. A member that may be one value or several is always a list here. */
export interface PolicyDocument {
  version: string | undefined
  statements: Statement[]
}

export interface Statement {
  effect: 'Allow' | 'Deny'
  /** Undefined where the statement has no `Principal`; `'*'` is everybody. */
  principal: Record<string, string[]> | '*' | undefined
  hasNotPrincipal: boolean
  actions: string[] | undefined
  notActions: string[] | undefined
  resources: string[] | undefined
  notResources: string[] | undefined
  /** Operator, condition key, values. */
  conditions: {operator: string; key: string; values: string[]}[]
}

/** What is wrong with a policy's text, in the words of IAM where it has some. */
export class PolicyFault {
  constructor(readonly message: string) {}
}

const invalidJson = new PolicyFault('This policy contains invalid Json')
const syntaxErrors = new PolicyFault('Syntax errors in policy.')

/** Reads the JSON text of a policy. Never throws: a text that is no policy gives a `PolicyFault`. */
export function parsePolicy(text: string): PolicyDocument | PolicyFault {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    return invalidJson
  }
  if (!isObject(parsed)) return syntaxErrors
  const {Version: version, Statement: found} = parsed
  if (version !== undefined && version !== '2012-10-17' && version !== '2008-10-17') return syntaxErrors
  const listed: unknown[] = Array.isArray(found) ? found : [found]
  if (listed.length === 0) return syntaxErrors
  const statements: Statement[] = []
  for (const raw of listed) {
    const statement = toStatement(raw)
    if (statement instanceof PolicyFault) return statement
    statements.push(statement)
  }
  return {version, statements}
}

const members = new Set([
  ...[
    'Sid',
    'Effect',
    'Principal',
    'NotPrincipal',
    'Action',
    'NotAction',
    'Resource',
    'NotResource',
    'Condition',
  ],
])

function toStatement(raw: unknown): Statement | PolicyFault {
  if (!isObject(raw) || Object.keys(raw).some((key) => !members.has(key))) return syntaxErrors
  if (raw['Effect'] !== 'Allow' && raw['Effect'] !== 'Deny') return syntaxErrors
  const lists = ['Action', 'NotAction', 'Resource', 'NotResource'].map((key) => toStrings(raw[key]))
  const principal = toPrincipal(raw['Principal'])
  const conditions = toConditions(raw['Condition'])
  if (lists.includes(null) || principal === null || conditions === null) return syntaxErrors
  const [actions, notActions, resources, notResources] = lists as (string[] | undefined)[]
  if ((actions && notActions) ?? (resources && notResources)) return syntaxErrors
  const fault = faultOfActions(actions ?? notActions)
  if (fault) return fault
  const hasNotPrincipal = raw['NotPrincipal'] !== undefined
  return {
    effect: raw['Effect'],
    principal,
    hasNotPrincipal,
    actions,
    notActions,
    resources,
    notResources,
    conditions,
  }
}

function faultOfActions(actions: string[] | undefined): PolicyFault | undefined {
  if (!actions) return new PolicyFault('Policy statement must contain actions.')
  if (actions.every((action) => action === '*' || /^[\w-]+:.+$/.test(action))) return undefined
  return new PolicyFault('Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.')
}

/** Undefined where it is absent, null where it is no string and no list of strings. */
function toStrings(value: unknown): string[] | undefined | null {
  if (value === undefined) return undefined
  if (typeof value === 'string') return [value]
  return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : null
}

function toPrincipal(value: unknown): Statement['principal'] | null {
  if (value === undefined || value === '*') return value
  if (!isObject(value)) return null
  const kinds = Object.entries(value).map(([kind, names]) => [kind, toStrings(names)] as const)
  if (kinds.some(([, names]) => !names)) return null
  return Object.fromEntries(kinds) as Record<string, string[]>
}

function toConditions(value: unknown): Statement['conditions'] | null {
  if (value === undefined) return []
  if (!isObject(value)) return null
  const conditions: Statement['conditions'] = []
  for (const [operator, keys] of Object.entries(value)) {
    if (!isObject(keys)) return null
    for (const [key, wanted] of Object.entries(keys)) {
      const values = (Array.isArray(wanted) ? wanted : [wanted]) as unknown[]
      if (!values.every((item) => ['string', 'number', 'boolean'].includes(typeof item))) return null
      conditions.push({operator, key, values: values.map(String)})
    }
  }
  return conditions
}
