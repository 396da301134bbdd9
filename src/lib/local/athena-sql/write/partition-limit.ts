import {readdir} from 'node:fs/promises'
import type {Duck} from '../duck'
import {SqlFailure} from '../sql-failure'

/** Athena writes to 100 partitions in one statement and no more. */
const maxPartitions = 100
const lookEveryMs = 250

/**
 * Does a COPY into partitions, `depth` folders deep under `folder`, and ends it early where they become too many. Throws SqlFailure
 * (HIVE_TOO_MANY_OPEN_PARTITIONS).
 */
export async function withinPartitionLimit<R>(
  duck: Duck,
  {folder, depth}: {folder: string; depth: number},
  copy: () => Promise<R>,
): Promise<R> {
  let isBeyond = false
  const look = async (): Promise<void> => {
    isBeyond ||= (await countFolders(folder, depth)) > maxPartitions
    if (isBeyond) duck.interrupt()
  }
  const timer = setInterval(() => void look(), lookEveryMs)
  try {
    const result = await copy()
    isBeyond ||= (await countFolders(folder, depth)) > maxPartitions
    if (!isBeyond) return result
  } catch (error) {
    if (!isBeyond) throw error
  } finally {
    clearInterval(timer)
  }
  throw new SqlFailure(
    `HIVE_TOO_MANY_OPEN_PARTITIONS: Exceeded limit of ${maxPartitions} open writers for partitions/buckets`,
  )
}

async function countFolders(folder: string, depth: number): Promise<number> {
  const entries = await readdir(folder, {withFileTypes: true}).catch(() => [])
  const folders = entries.filter((entry) => entry.isDirectory())
  if (depth === 1 || folders.length > maxPartitions) return folders.length
  let count = 0
  for (const {name} of folders) count += await countFolders(`${folder}/${name}`, depth - 1)
  return count
}
