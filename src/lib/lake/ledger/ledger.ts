import type {Now} from '../../core/clock'
import {OpError} from '../../core/errors'
import {formatTime} from '../../core/time'
import {readHead, writeHead} from './head'
import type {LakeHead, Lease, LeaseOwner, LedgerPlace} from './head'

export interface LedgerDeps extends LedgerPlace {
  now: Now
  owner: LeaseOwner
  /** Whether a process of this machine still runs. */
  isRunning: (pid: number) => boolean
}

/** A lease is renewed when half of it is over, so it outlives a pause of half of it. */
const leaseMs = 120_000

/** The head of a lake, held by one compaction at a time. */
export class Ledger {
  private constructor(
    private readonly deps: LedgerDeps,
    private current: LakeHead,
    private etag: string,
  ) {}

  /**
   * Takes the lake for this run. What an owner has begun that is gone, because its process is or its time has run out, is lost from now on.
   * Throws `LAKE_BUSY` (service) while another one compacts, and what `readHead` throws.
   */
  static async take(deps: LedgerDeps): Promise<Ledger> {
    const {head, etag} = await readHead(deps)
    refuseWhileHeld(head, deps)
    const next = {...withoutOpen(head), lease: leaseOf(deps)}
    return new Ledger(deps, next, await writeHead(deps, next, etag))
  }

  get head(): LakeHead {
    return this.current
  }

  /** Begins a batch and answers its number. One that this run began before and that failed is lost. */
  async begin(): Promise<number> {
    const begun = this.current.begun + 1
    await this.store({...withoutOpen(this.current), begun, open: begun})
    return begun
  }

  /** The open batch counts from now on, with what else it changes. */
  async commit(change: Pick<LakeHead, 'before' | 'objects'>): Promise<void> {
    const {open, ...rest} = this.current
    await this.store({...rest, ...change, committed: open ?? rest.committed})
  }

  /** Changes the head; the lease begins anew. Throws `LAKE_BUSY` (service) where another one holds the lake by now. */
  async save(change: Partial<LakeHead>): Promise<void> {
    await this.store({...this.current, ...change})
  }

  private async store(head: LakeHead): Promise<void> {
    const next = {...head, lease: leaseOf(this.deps)}
    this.etag = await writeHead(this.deps, next, this.etag)
    this.current = next
  }

  /** Renews the lease once half of it is over. */
  async keep(): Promise<void> {
    const until = Date.parse(this.current.lease?.until ?? '')
    if (until - this.deps.now() < leaseMs / 2) await this.save({})
  }

  /** Gives the lake free for the next one. */
  async release(): Promise<void> {
    const free = {...this.current}
    delete free.lease
    this.etag = await writeHead(this.deps, free, this.etag)
    this.current = free
  }
}

function leaseOf({now, owner}: LedgerDeps): Lease {
  return {owner, until: formatTime(now() + leaseMs)}
}

function refuseWhileHeld({lease}: LakeHead, {now, owner, isRunning, bucket}: LedgerDeps): void {
  if (!lease || Date.parse(lease.until) <= now()) return
  if (lease.owner.host === owner.host && !isRunning(lease.owner.pid)) return
  const {host, pid} = lease.owner
  throw new OpError(
    'service',
    'LAKE_BUSY',
    `The lake in bucket ${bucket} is being worked on by process ${pid} on ${host}.`,
    {hint: `Run the command again when it is done. If it is gone, the lake is free from ${lease.until} on.`},
  )
}

/** A batch that was being written and is not any more is lost. */
function withoutOpen({open, ...head}: LakeHead): LakeHead {
  return open === undefined ? head : {...head, lost: [...head.lost, open]}
}
