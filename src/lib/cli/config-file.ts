import {existsSync, readFileSync} from 'node:fs'
import {dirname, isAbsolute, join, relative, resolve} from 'node:path'
import {OpError, messageOf} from '../core/errors'
import type {ConfigContent, ConfigFile, ConfigNames} from './config-types'
import {nearest} from '../core/nearest'

/** Name of the file that is looked for in the current folder. */
export const configFileName = 'usage-tracker.yaml'

export interface ConfigQuestion {
  /** Current folder, absolute. */
  folder: string
  /** File that was asked for by name; undefined: `usage-tracker.yaml` of the current folder, if it is there. */
  file: string | undefined
  /** Environment that was asked for. */
  environment: string | undefined
}

/**
 * Reads the configuration file and lays the chosen environment over its top-level values. YAML and validation are loaded
 * only where there is a file. Throws NO_CONFIG (a file asked for by name is not there), BAD_CONFIG, UNKNOWN_ENVIRONMENT (usage).
 */
export async function readConfig(question: ConfigQuestion): Promise<ConfigFile> {
  const path = resolve(question.folder, question.file ?? configFileName)
  if (!existsSync(path)) {
    if (question.file !== undefined) {
      throw new OpError('usage', 'NO_CONFIG', `There is no configuration file ${path}.`, {
        hint: 'Name another with --config, or write one with "usage-tracker init".',
      })
    }
    return {
      path: undefined,
      environment: undefined,
      names: environmentNames({}, question.environment, undefined),
      bindings: [],
    }
  }
  const content = await load(path, relative(question.folder, path) || path)
  const names = absolutePaths(environmentNames(content, question.environment, path), dirname(path))
  const {bindings = [], features} = content
  return {path, environment: question.environment, names, bindings, features}
}

async function load(path: string, shown: string): Promise<ConfigContent> {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    throw new OpError(
      'usage',
      'BAD_CONFIG',
      `The configuration file ${path} cannot be read: ${messageOf(error)}`,
    )
  }
  const {checkConfig} = await import('./config-check')
  return checkConfig(text, shown)
}

/** Top-level names with the environment's over them. Tags are joined, everything else is replaced. */
function environmentNames(
  content: ConfigContent,
  chosen: string | undefined,
  path: string | undefined,
): ConfigNames {
  const {environments = {}} = content
  const top = without(content, ['bindings', 'features', 'environments'])
  if (chosen === undefined) return top
  const environment = Object.hasOwn(environments, chosen) ? environments[chosen] : undefined
  if (!environment) throw unknownEnvironment(chosen, Object.keys(environments), path)
  const tags = {...top.tags, ...environment.tags}
  const place = saysPlace(environment) ? without(top, ['endpointUrl', 'local']) : top
  return {...place, ...environment, ...(Object.keys(tags).length > 0 ? {tags} : {})}
}

/** An environment that says where its services are replaces both ways of saying so. */
function saysPlace(names: ConfigNames): boolean {
  return names.endpointUrl !== undefined || names.local !== undefined
}

function without<T extends object, K extends keyof T>(object: T, keys: readonly K[]): Omit<T, K> {
  const entries = Object.entries(object).filter(([key]) => !keys.includes(key as K))
  return Object.fromEntries(entries) as Omit<T, K>
}

function unknownEnvironment(chosen: string, known: readonly string[], path: string | undefined): OpError {
  const meant = nearest(chosen, known)
  const list = known.length === 0 ? 'none' : [...known].sort().join(', ')
  const place = path === undefined ? 'there is no configuration file' : `${path} has: ${list}`
  return new OpError('usage', 'UNKNOWN_ENVIRONMENT', `There is no environment "${chosen}"; ${place}.`, {
    hint: meant === undefined ? undefined : `--env ${meant}`,
  })
}

/** Paths in the file are meant from its folder. */
function absolutePaths(names: ConfigNames, folder: string): ConfigNames {
  const full = (path: string): string => (isAbsolute(path) ? path : join(folder, path))
  return {
    ...names,
    ...(names.dataDir === undefined ? {} : {dataDir: full(names.dataDir)}),
    ...(names.pricePlan === undefined ? {} : {pricePlan: full(names.pricePlan)}),
  }
}
