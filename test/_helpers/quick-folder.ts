import {accessSync, constants, mkdirSync, readdirSync, rmSync, statfsSync} from 'node:fs'
import {join} from 'node:path'

/** Linux keeps this folder in memory. */
const memory = '/dev/shm'
const neededBytes = 2 * 2 ** 30
const ours = /^usage-tracker-tests-(\d+)$/

/** Whether there is a folder in memory, large enough for the data folders of a run. */
function hasRoom(): boolean {
  try {
    accessSync(memory, constants.W_OK)
    const {bavail, bsize} = statfsSync(memory)
    return bavail * bsize >= neededBytes
  } catch {
    return false
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/**
 * Gives a run a temporary folder of its own, which its workers inherit: in memory where that can be, because an endpoint waits for every sync
 * of its disk. What was synced to memory outlives `kill -9` just as well; `test/peers/strace.peer.ts` looks at the syncs themselves.
 */
export default function makeQuickFolder(): void {
  if (process.env['TMPDIR'] !== undefined || !hasRoom()) return
  for (const name of readdirSync(memory)) {
    const [, pid] = ours.exec(name) ?? []
    // Left over by a run that was killed.
    if (pid !== undefined && !isAlive(Number(pid))) rmSync(join(memory, name), {recursive: true, force: true})
  }
  const folder = join(memory, `usage-tracker-tests-${process.pid}`)
  mkdirSync(folder, {mode: 0o700})
  process.env['TMPDIR'] = folder
  process.on('exit', () => rmSync(folder, {recursive: true, force: true}))
}
