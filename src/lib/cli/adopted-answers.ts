import type {RoadSettings} from '../road/settings'
import {defaultBucket, defaultNames} from '../road/settings'
import type {ConfigNames} from './config-types'
import {problemOf} from './init-check'
import type {InitAnswers, InitBinding} from './init-config'
import type {InitGiven} from './init-questions'

/** What was found of a deployment, in the words of the configuration file. */
export interface Adopted {
  names: Partial<Record<NameKey, string | undefined>>
  bindings: readonly InitBinding[]
  remarks: readonly string[]
}

const nameKeys = ['bus', 'rule', 'stream', 'bucket', 'database', 'workgroup', 'source', 'detailType'] as const
type NameKey = (typeof nameKeys)[number] & keyof ConfigNames

/**
 * The answers of `init` for a deployment: what flags say wins, a name that is the default stays one, and one that no command would take from
 * the file is remarked. Account and region are those in which it was found.
 */
export function adoptedAnswers(
  adopted: Adopted,
  given: InitGiven,
  {accountId, region}: Pick<RoadSettings, 'accountId' | 'region'>,
): InitAnswers {
  const standard = {...defaultNames, bucket: defaultBucket(accountId, region)}
  const remarks = [...adopted.remarks]
  const names: Partial<Record<NameKey, string>> = {}
  for (const key of nameKeys) {
    const value = adopted.names[key]
    if (value === undefined || value === standard[key]) continue
    const problem = problemOf(key, value)
    if (problem === undefined) names[key] = value
    else remarks.push(`The ${key} is "${value}", which cannot stand here: ${problem}`)
  }
  const isStandard = (key: string, value: unknown): boolean =>
    value === standard[key as keyof typeof standard]
  const said = Object.fromEntries(
    Object.entries(given).filter(([key, value]) => value !== undefined && !isStandard(key, value)),
  )
  return {
    ...names,
    account: accountId,
    region,
    ...said,
    environment: given.environment ?? 'dev',
    bindings: adopted.bindings,
    remarks,
  }
}
