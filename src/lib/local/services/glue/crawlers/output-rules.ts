import {notEmulated} from '../../../service-error'
import {invalidInput} from '../errors'

interface OutputRules {
  /** Columns are only ever added. */
  mergesColumns: boolean
}

/** What a crawler's `Configuration` may say here: each part with its only value. */
const known: Readonly<Record<string, string>> = {
  'CrawlerOutput.Partitions.AddOrUpdateBehavior': 'InheritFromTable',
  'CrawlerOutput.Tables.AddOrUpdateBehavior': 'MergeNewColumns',
  CreatePartitionIndex: 'false',
}

/** Reads a crawler's `Configuration`. Throws `InvalidInputException` where it is no JSON, or says what is not emulated. */
export function readOutputRules(text: string | undefined): OutputRules {
  if (text === undefined || text === '') return {mergesColumns: false}
  const said = new Map(leavesOf(parsed(text), ''))
  for (const [path, value] of said) {
    if (path === 'Version') continue
    if (known[path] !== value) throw notEmulated(`${path} ${value} of Configuration`, 'InvalidInputException')
  }
  return {mergesColumns: said.has('CrawlerOutput.Tables.AddOrUpdateBehavior')}
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw invalidInput('Configuration is not valid JSON.')
  }
}

function leavesOf(value: unknown, path: string): [string, string][] {
  if (typeof value !== 'object' || value === null) return [[path, String(value)]]
  return Object.entries(value).flatMap(([key, one]) => leavesOf(one, path === '' ? key : `${path}.${key}`))
}
