import {writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import type {Arrival} from '../../blob-arrivals'
import type {BlobStore} from '../../blob-store'
import type {WriteQuery} from '../sql-query'
import type {WrittenFile} from './copy'
import {placeOf} from './destination'
import type {WriteTarget} from './write-target'

export interface Written {
  target: WriteTarget
  files: readonly WrittenFile[]
}

/**
 * Makes objects of what a query has written (nothing, where a statement had nothing to do), and of the list of them: all in one transaction,
 * together with what is new in the catalog and the query's own end. Until then nothing is visible, and a crash leaves nothing. `folder`
 * takes the list.
 */
export async function publishFiles(
  blobs: BlobStore,
  written: Written | undefined,
  {query, folder}: {query: WriteQuery; folder: string},
): Promise<void> {
  const arrivals = written ? arrivalsOf(written, query.id) : []
  const rowCount = (written?.files ?? []).reduce((sum, file) => sum + file.rowCount, 0)
  await blobs.adopt([...arrivals, await manifestOf(arrivals, query, folder)], query.now, () => {
    written?.target.register()
    query.committing({rowCount})
  })
}

function arrivalsOf({target, files}: Written, id: string): Arrival[] {
  return files.map((file, number) => ({
    ...placeOf(
      `${target.folderOf(file.values)}${id}-${String(number).padStart(5, '0')}${target.format.extension}`,
    ),
    path: file.path,
    contentType: 'application/octet-stream',
  }))
}

/** The data manifest: the address of each object, one a line. */
async function manifestOf(arrivals: readonly Arrival[], query: WriteQuery, folder: string): Promise<Arrival> {
  const path = join(folder, 'manifest.csv')
  await writeFile(path, arrivals.map(({bucket, key}) => `s3://${bucket}/${key}\n`).join(''))
  return {...query.manifest, path, contentType: 'text/csv'}
}
