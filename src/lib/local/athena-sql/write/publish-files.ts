import {writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import type {Arrival} from '../../blob-arrivals'
import type {BlobStore} from '../../blob-store'
import type {WriteQuery} from '../sql-query'
import type {WrittenFile} from './copy'
import {placeOf} from './destination'
import type {WriteTarget} from './write-target'

/**
 * Makes objects of what a query has written, and of the list of them: all in one transaction, together with new partitions and the
 * query's own end. Until then nothing is visible, and a crash leaves nothing.
 */
export async function publishFiles(
  blobs: BlobStore,
  files: readonly WrittenFile[],
  {query, target, staging}: {query: WriteQuery; target: WriteTarget; staging: string},
): Promise<void> {
  const arrivals = files.map((file, number) => ({
    ...placeOf(
      `${target.folders.folderOf(file.values)}${query.id}-${String(number).padStart(5, '0')}.parquet`,
    ),
    path: file.path,
    contentType: 'application/octet-stream',
  }))
  const rowCount = files.reduce((sum, file) => sum + file.rowCount, 0)
  await blobs.adopt([...arrivals, await manifestOf(arrivals, query, staging)], query.now, () => {
    target.folders.register()
    query.committing({rowCount})
  })
}

/** The data manifest: the address of each object, one a line. */
async function manifestOf(
  arrivals: readonly Arrival[],
  query: WriteQuery,
  staging: string,
): Promise<Arrival> {
  const path = join(staging, 'manifest.csv')
  await writeFile(path, arrivals.map(({bucket, key}) => `s3://${bucket}/${key}\n`).join(''))
  return {...query.manifest, path, contentType: 'text/csv'}
}
