import {pascalName, schemaName} from '../../../src/lib/schema-model/schema-name'

describe('schemaName', () => {
  it.each([
    ['aws.ec2', 'EC2 Instance State-change Notification', 'aws.ec2@EC2InstanceStateChangeNotification'],
    ['my-applications', 'api-usage-event', 'my-applications@ApiUsageEvent'],
    ['com.example.billing', 'Usage Metered', 'com.example.billing@UsageMetered'],
    ['team/orders', 'Order_Placed (v2)', 'team-orders@OrderPlacedV2'],
    ['s', '日本', 's@Event'],
  ])('makes of %s and "%s" the name %s', (source, detailType, name) => {
    expect(schemaName(source, detailType)).toBe(name)
  })

  it('leaves the rest of a word as it is', () => {
    expect(pascalName('sizeBytes')).toBe('SizeBytes')
  })
})
