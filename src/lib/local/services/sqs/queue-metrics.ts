import type {Meter, Metrics} from '../../metrics/metrics'
import type {Queue} from './queue-store'

/** Counts `AWS/SQS` for each queue. What a redrive policy moves is not counted as sent, as on AWS. */
export class QueueMetrics {
  private readonly byQueue = new Map<string, Meter>()

  constructor(private readonly metrics: Metrics) {}

  sent(queue: Queue, messages: number, at: number): void {
    if (messages > 0) this.meterOf(queue).count('NumberOfMessagesSent', 1, at, messages)
  }

  /** What one receive has given, which may be nothing. */
  received(queue: Queue, messages: number, at: number): void {
    if (messages > 0) this.meterOf(queue).count('NumberOfMessagesReceived', 1, at, messages)
    else this.meterOf(queue).count('NumberOfEmptyReceives', 1, at)
  }

  deleted(queue: Queue, messages: number, at: number): void {
    if (messages > 0) this.meterOf(queue).count('NumberOfMessagesDeleted', 1, at, messages)
  }

  private meterOf({region, name}: Queue): Meter {
    const key = `${region}/${name}`
    let meter = this.byQueue.get(key)
    if (!meter) {
      const dimensions = [{name: 'QueueName', value: name}]
      this.byQueue.set(key, (meter = this.metrics.meter({region, namespace: 'AWS/SQS', dimensions})))
    }
    return meter
  }
}
