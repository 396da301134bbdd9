import {checkSettings} from '../../../src/lib/road/check-settings'
import type {RoadSettings} from '../../../src/lib/road/settings'

const settings: RoadSettings = {
  accountId: '111122223333',
  region: 'eu-west-1',
  bus: 'usage',
  rule: 'api-usage',
  stream: 'usage-events',
  bucket: 'acme-usage',
  database: 'usage',
  workgroup: 'usage',
  source: 's',
  detailType: 'd',
  pattern: '{"source":["s"]}',
  dlq: 'usage-dlq',
  tags: {},
}

describe('checkSettings', () => {
  it('takes good names', () => {
    expect(() => checkSettings(settings)).not.toThrow()
  })

  it.each([
    ['bus', 'arn:aws:events:eu-west-1:111122223333:event-bus/usage', '--bus'],
    ['rule', 'api usage', '--rule'],
    ['stream', 'a'.repeat(65), '--firehose'],
    ['bucket', 'Acme', '--bucket'],
    ['bucket', '10.0.0.1', '--bucket'],
    ['database', 'usage-db', '--database'],
    ['workgroup', '', '--workgroup'],
    ['dlq', 'usage.fifo', '--dlq'],
  ])('refuses the %s "%s" and names the flag', (setting, name, flag) => {
    expect(() => checkSettings({...settings, [setting]: name})).toThrow(
      expect.objectContaining({
        kind: 'usage',
        code: 'BAD_NAME',
        hint: expect.stringContaining(flag) as string,
      }),
    )
  })
})
