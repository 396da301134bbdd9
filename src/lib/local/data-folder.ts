import {existsSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {messageOf, OpError, systemCodeOf} from '../core/errors'
import {makeFolder} from '../core/make-folder'

/** Raised whenever the rows or files of a data folder change their form. */
const format = 1
const formatFileName = 'format.json'

export interface DataFolder {
  path: string
  statePath: string
  bucketsPath: string
}

/** Whether an endpoint has written the folder before. */
export function isDataFolder(path: string): boolean {
  return existsSync(join(path, formatFileName))
}

/**
 * Opens a data folder, making it where it is not there. Throws `DATA_FOLDER_VERSION` (usage) for a folder that another
 * version wrote and this one cannot read, `DATA_FOLDER_UNUSABLE` (usage) where it cannot be written.
 */
export function openDataFolder(path: string, version: string): DataFolder {
  const folder = {path, statePath: join(path, 'state'), bucketsPath: join(path, 'buckets')}
  try {
    checkFormat(join(path, formatFileName), path)
    makeFolder(folder.bucketsPath)
    writeFormat(join(path, formatFileName), version)
  } catch (error) {
    if (error instanceof OpError) throw error
    throw new OpError(
      'usage',
      'DATA_FOLDER_UNUSABLE',
      `The data folder ${path} cannot be used: ${messageOf(error)}.`,
      {
        hint: 'Name a folder that you may write to with --data-dir.',
        cause: error,
      },
    )
  }
  return folder
}

function writeFormat(file: string, version: string): void {
  try {
    writeFileSync(file, `${JSON.stringify({format, writtenBy: version})}\n`, {flag: 'wx'})
  } catch (error) {
    if (systemCodeOf(error) !== 'EEXIST') throw error
  }
}

function checkFormat(file: string, path: string): void {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return
    throw error
  }
  const found = /"format":\s*(\d+)/.exec(text)?.[1]
  if (found === String(format)) return
  throw new OpError(
    'usage',
    'DATA_FOLDER_VERSION',
    `The data folder ${path} has format ${found ?? 'unknown'}; this version of usage-tracker reads format ${format}.`,
    {
      hint: 'Use the version that wrote it, name another folder with --data-dir, or remove the folder to start anew.',
    },
  )
}
