import {rmSync} from 'node:fs'
import type {Now} from '../core/clock'
import {BlobStore} from './blob-store'
import {Clock} from './clock'
import type {DataFolder} from './data-folder'
import {FolderLock} from './folder-lock'
import {Metrics} from './metrics/metrics'
import {RuleMetrics} from './metrics/rule-metrics'
import {Outbox} from './outbox'
import type {Platform} from './platform'
import {RolePolicies} from './policy/role-policies'
import {Received} from './received/received'
import {Sequence} from './sequence'
import {ServiceHost} from './service-host'
import {serviceList} from './service-list'
import {Store} from './store'

/** The account of the local endpoint, whoever calls. */
export const accountId = '000000000000'

export interface CoreOptions {
  machineNow: Now
  random: () => number
  pid: number
  log: (line: string) => void
}

/** State and services of one data folder, without a socket. */
export class Core {
  readonly store: Store
  readonly clock: Clock
  readonly outbox: Outbox
  readonly host: ServiceHost
  readonly received: Received
  private readonly metrics: Metrics
  private readonly lock: FolderLock

  /** Throws `DATA_FOLDER_IN_USE` where another process serves the folder. */
  constructor(
    private readonly folder: DataFolder,
    private readonly options: CoreOptions,
  ) {
    this.store = new Store(folder.statePath)
    this.lock = new FolderLock(this.store, folder.path)
    this.lock.take(options.pid)
    this.clock = new Clock(options.machineNow, this.store.collection<number>('clock').get('offsetMs') ?? 0)
    this.host = new ServiceHost(serviceList, () => platform)
    const service = (name: string) => this.host.service(name)
    const {log, random} = options
    const sequence = new Sequence(this.store)
    this.metrics = new Metrics(this.store, this.clock, log)
    this.received = new Received(this.store, this.clock, sequence, log)
    this.outbox = new Outbox({
      store: this.store,
      clock: this.clock,
      sequence,
      accountId,
      random,
      metrics: new RuleMetrics(this.metrics),
      service,
      log,
    })
    const platform: Platform = {
      accountId,
      clock: this.clock,
      store: this.store,
      blobs: new BlobStore(this.store, folder.bucketsPath),
      outbox: this.outbox,
      sequence,
      metrics: this.metrics,
      received: this.received,
      service,
      roles: new RolePolicies(this.store),
      log,
    }
    this.outbox.start()
  }

  announce(url: string): void {
    this.lock.announce(this.options.pid, url)
  }

  /** Delivers what waits, in the order of the road: outbox first, then buffers. */
  async flush(): Promise<void> {
    await this.outbox.settled()
    for (const service of await this.host.active()) await service.flush?.()
    await this.settled()
  }

  /** Moves the clock and waits until what has become due is done. */
  async advance(ms: number): Promise<void> {
    this.clock.advance(ms)
    this.store.write(() => this.store.collection<number>('clock').put('offsetMs', this.clock.offset))
    await this.settled()
  }

  /** Events that have not reached the lake (or whatever their target is), and since when the oldest waits. */
  async pending(): Promise<{count: number; oldestAt: number | undefined}> {
    let {count, oldestAt} = this.outbox.pending()
    for (const service of await this.host.active()) {
      const waiting = service.pending?.()
      if (!waiting) continue
      count += waiting.count
      if (waiting.oldestAt !== undefined) oldestAt = Math.min(oldestAt ?? waiting.oldestAt, waiting.oldestAt)
    }
    return {count, oldestAt}
  }

  async close(): Promise<void> {
    this.clock.stop()
    await this.outbox.close()
    await this.settled()
    for (const service of await this.host.active()) await service.close?.()
    await this.metrics.flush()
    await this.received.flush()
    this.lock.release()
    await this.store.close()
  }

  /** Closes and forgets everything that the folder holds. */
  async erase(): Promise<void> {
    await this.close()
    rmSync(this.folder.statePath, {recursive: true, force: true})
    rmSync(this.folder.bucketsPath, {recursive: true, force: true})
  }

  /** Services that keep buffers must run for their buffers to be seen, also before anybody has called them. */
  async wakeBuffers(): Promise<void> {
    await this.host.service('firehose')
  }

  private async settled(): Promise<void> {
    await this.outbox.settled()
    for (const service of await this.host.active()) await service.settled?.()
  }
}
