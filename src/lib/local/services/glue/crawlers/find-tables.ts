import type {HiveField} from '../../../athena-sql/hive-type'
import {mergeFields} from './column-types'
import type {Folder} from './read-folder'

/** Folders are one table where their columns are so alike (AWS Glue developer guide, "How a crawler determines when to create partitions": 70 %). */
const alike = 0.7

export interface FoundTable {
  /** Key prefix, ending in `/`; empty for the bucket itself. */
  path: string
  /** Names of its partition keys. */
  keys: string[]
  columns: HiveField[]
  partitions: {values: string[]; folder: Folder}[]
  /** All of its folders: those of the partitions, or the one. */
  folders: Folder[]
}

/**
 * The tables of a crawl's folders. A folder is one table where all below it are at one depth, of one form, and named in Hive's way
 * (`dt=2026-11-10`) or alike in their columns; else each folder in it is looked at for itself. A whole bucket is no table of its folders.
 */
export function findTables(root: string, folders: readonly Folder[]): FoundTable[] {
  const own = folders.find(({path}) => path === root)
  const below = folders.filter(({path}) => path !== root && path.startsWith(root))
  if (!own && below.length > 0 && isOneTable(root, below)) return [tableOf(root, below)]
  const children = [...new Set(below.map(({path}) => `${root}${namesBelow(root, path)[0] ?? ''}/`))].sort()
  return [...(own ? [tableOf(root, [own])] : []), ...children.flatMap((child) => findTables(child, below))]
}

function isOneTable(root: string, folders: readonly Folder[]): boolean {
  const [first] = folders
  if (!first) return false
  const depth = namesBelow(root, first.path).length
  const isEven = folders.every(
    ({path, classification}) =>
      namesBelow(root, path).length === depth && classification === first.classification,
  )
  if (!isEven) return false
  const levels = Array.from({length: depth}, (_, level) => {
    return new Set(folders.map(({path}) => hiveKey(namesBelow(root, path)[level] ?? '')))
  })
  // Folders of one level have the same key before their "=", or none.
  if (levels.some((keys) => keys.size > 1)) return false
  if (levels.every((keys) => !keys.has(undefined))) return true
  return root !== '' && folders.every(({columns}) => likeness(columns, first.columns) >= alike)
}

function tableOf(path: string, folders: readonly Folder[]): FoundTable {
  const columns = folders.map((folder) => folder.columns).reduce(mergeFields)
  const [first] = folders
  const names = first ? namesBelow(path, first.path) : []
  const keys = names.map((name, level) => {
    const key = hiveKey(name)?.toLowerCase()
    const isFree = key !== undefined && !columns.some((column) => column.name === key)
    return isFree ? key : `partition_${level}`
  })
  const partitions =
    names.length === 0 ? [] : folders.map((folder) => ({values: valuesOf(path, folder), folder}))
  return {path, keys, columns, partitions, folders: [...folders]}
}

function valuesOf(path: string, folder: Folder): string[] {
  return namesBelow(path, folder.path).map((name) => {
    const value = hiveKey(name) === undefined ? name : name.slice(name.indexOf('=') + 1)
    return value.replace(/%([0-9A-Fa-f]{2})/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
  })
}

/** The names of the folders from `root` down to `path`. */
function namesBelow(root: string, path: string): string[] {
  return path.slice(root.length).split('/').slice(0, -1)
}

/** `dt` of `dt=2026-11-10`; undefined for a folder that is not named so. */
function hiveKey(name: string): string | undefined {
  const place = name.indexOf('=')
  return place > 0 ? name.slice(0, place) : undefined
}

/** The share of all columns that both have. */
function likeness(a: readonly HiveField[], b: readonly HiveField[]): number {
  const names = new Set(a.map(({name}) => name))
  const both = b.filter(({name}) => names.has(name)).length
  const all = names.size + b.length - both
  return all === 0 ? 1 : both / all
}
