const units: Readonly<Record<string, string>> = {
  PutEventsRequestSize: 'Bytes',
  IngestionToInvocationSuccessLatency: 'Milliseconds',
  IncomingBytes: 'Bytes',
  'PutRecord.Bytes': 'Bytes',
  'PutRecordBatch.Bytes': 'Bytes',
  'DeliveryToS3.Bytes': 'Bytes',
  'SucceedConversion.Bytes': 'Bytes',
  'FailedConversion.Bytes': 'Bytes',
  'DeliveryToS3.DataFreshness': 'Seconds',
}

/** The unit in which a metric of a service is counted; `Count` for most. */
export function unitOf(metric: string): string {
  return units[metric] ?? 'Count'
}
