import {eventsNamespace} from '../../metrics/rule-metrics'
import type {Meter, Metrics} from '../../metrics/metrics'
import type {CallContext} from '../../platform'

/** Counts requests of PutEvents: AWS has these metrics for a region as a whole, whatever the bus. */
export class PutMetrics {
  private readonly byRegion = new Map<string, Meter>()

  constructor(private readonly metrics: Metrics) {}

  /** A request as it came in: how many entries, and their size in bytes. */
  called({region, now}: CallContext, entries: number, sizeBytes: number): void {
    const meter = this.meterOf(region)
    meter.count('PutEventsApproximateCallCount', 1, now)
    meter.count('PutEventsEntriesCount', entries, now)
    meter.count('PutEventsRequestSize', sizeBytes, now)
  }

  /** A request that was answered, with `failed` of its entries refused. */
  succeeded({region, now}: CallContext, failed: number): void {
    const meter = this.meterOf(region)
    meter.count('PutEventsApproximateSuccessCount', 1, now)
    if (failed > 0) meter.count('PutEventsFailedEntriesCount', failed, now)
  }

  /** A request that was refused as a whole. */
  failed({region, now}: CallContext): void {
    this.meterOf(region).count('PutEventsApproximateFailedCount', 1, now)
  }

  private meterOf(region: string): Meter {
    let meter = this.byRegion.get(region)
    if (!meter) {
      meter = this.metrics.meter({region, namespace: eventsNamespace, dimensions: []})
      this.byRegion.set(region, meter)
    }
    return meter
  }
}
