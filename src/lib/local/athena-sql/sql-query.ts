/** A statement that is to be run, and where and when. */
export interface SqlQuery {
  sql: string
  /** SQL texts of literals, in place of `?`. */
  parameters: readonly string[]
  region: string
  /** The database of names without one. */
  database: string | undefined
  /** The endpoint's present, milliseconds since 1970. */
  now: number
  /** Ends the query before its end. */
  signal: AbortSignal
  /** Told how many bytes of objects will be read, before they are; what it throws ends the query. */
  onScan?: ((sizeBytes: number) => void) | undefined
}

/** A statement that writes. */
export interface WriteQuery extends SqlQuery {
  /** The query execution's id, with which the names of the objects begin. */
  id: string
  /** Bucket and key of the list of the objects written. */
  manifest: {bucket: string; key: string}
  /** Calls an operation of Glue in the name of the statement. Returns what Glue answers and throws its ServiceError. */
  glue: (operation: string, input: object) => unknown
  /** `s3://bucket/folder/` of a new table that says nothing of its place. */
  tableLocation: string
  /** Whether the workgroup says where results go, so that a statement may not. */
  enforcesLocation: boolean
  /** Runs in the transaction that makes the objects visible; what it throws undoes everything. */
  committing: (written: {rowCount: number}) => void
}
