import {mkdirSync, statSync} from 'node:fs'
import {dirname} from 'node:path'
import {systemCodeOf} from './errors'

/**
 * Makes a folder and those above it, one by one: under /proc, Node 20's own `recursive` never comes to an end. A folder that is
 * there is left as it is. Throws the system's error where one cannot be made.
 */
export function makeFolder(path: string): void {
  if (isFolder(path)) return
  const above = dirname(path)
  if (above !== path) makeFolder(above)
  try {
    mkdirSync(path)
  } catch (error) {
    // Another process may have made it meanwhile.
    if (systemCodeOf(error) !== 'EEXIST' || !isFolder(path)) throw error
  }
}

function isFolder(path: string): boolean {
  return statSync(path, {throwIfNoEntry: false})?.isDirectory() ?? false
}
