/** Where things lie in the bucket, and what the table over the raw objects is called. Folders end in a slash. */
export const layout = {
  eventsFolder: 'events/',
  /** Firehose's prefix expressions; the time is the arrival of an object's oldest record, in UTC. */
  eventsPrefix: 'events/dt=!{timestamp:yyyy-MM-dd}/hour=!{timestamp:HH}/',
  errorsPrefix: 'errors/!{firehose:error-output-type}/dt=!{timestamp:yyyy-MM-dd}/',
  queryResultsFolder: 'athena-results/',
  rawTable: 'raw_events',
} as const
