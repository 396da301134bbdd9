import {randomUUID} from 'node:crypto'
import {hostname} from 'node:os'

/** This run of the tool, as others are told who works on something. */
export function runOwner(): {host: string; pid: number; run: string} {
  return {host: hostname(), pid: process.pid, run: randomUUID()}
}

/** Whether a process of this machine still runs. One of another user counts. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
