import type {RoadSettings} from '../../../src/lib/road/settings'

export const settings: RoadSettings = {
  accountId: '111122223333',
  region: 'eu-west-1',
  bus: 'usage',
  rule: 'api-usage',
  stream: 'usage-events',
  bucket: 'acme-usage',
  database: 'usage',
  workgroup: 'usage',
  source: 'my-applications',
  detailType: 'api-usage-event',
  pattern: '{"source":["my-applications"],"detail-type":["api-usage-event"]}',
  tags: {},
}
