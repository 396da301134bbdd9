import type {TargetKind} from './target-kind'

/** EventBridge delivers with PutRecord or with PutRecordBatch as it sees fit; a role with one of them loses events. */
export const firehose: TargetKind = {
  name: 'firehose',
  words: 'delivery stream',
  service: 'firehose',
  resource: /^deliverystream\/([a-zA-Z0-9_.-]{1,64})$/,
  arnForm: 'arn:aws:firehose:REGION:ACCOUNT:deliverystream/NAME',
  role: {
    policyName: 'put-on-stream',
    purpose: (name) => `put usage events on the delivery stream ${name}`,
    policy: (arn) => ({
      Effect: 'Allow',
      Action: ['firehose:PutRecord', 'firehose:PutRecordBatch'],
      Resource: arn,
    }),
  },
}
