import type {BlobStore} from '../../blob-store'
import type {Catalog} from '../../catalog'
import type {HiveField} from '../hive-type'
import type {QueryColumn} from '../query-columns'
import type {FileFormat} from './file-format'

/** Where and how the rows of a query are written. */
export interface WriteTarget {
  /** The columns of the files, in order. */
  columns: readonly HiveField[]
  /** The partition columns, which stand in the folders' names. */
  keys: readonly HiveField[]
  /** Of each column of the query, in its order, the one that it is for. */
  filled: readonly HiveField[]
  format: FileFormat
  /** `s3://bucket/folder/` of the partition with these values. */
  folderOf: (values: readonly string[]) => string
  /** Makes known to the catalog what `folderOf` was asked for and what else is new. Only inside `Store.write`. */
  register: () => void
}

/** A statement that writes the rows of a query. */
export interface WriteStatement {
  /** The query, at its place in the statement. */
  query: string
  /** True where its rows are not wanted, only what holds them. */
  isEmpty: boolean
  /** The target for a query that gives these columns. Throws SqlFailure where they do not fit. */
  targetOf: (found: readonly QueryColumn[]) => WriteTarget
}

/** What such a statement works with. */
export interface WriteContext {
  catalog: Catalog
  blobs: BlobStore
  /** Calls an operation of Glue in the name of the statement. Returns what Glue answers and throws its ServiceError. */
  glue: (operation: string, input: object) => unknown
  region: string
  /** The database of names without one. */
  database: string | undefined
  /** Milliseconds since 1970. */
  now: number
  /** `s3://bucket/folder/` of a new table that says nothing of its place. */
  tableLocation: string
  /** Whether the workgroup says where results go, so that a statement may not. */
  enforcesLocation: boolean
}
