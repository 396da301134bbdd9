import type {TargetKind} from './target-kind'

/** A Kinesis data stream. The id of the event is its partition key, which is what EventBridge takes when nothing is said. */
export const kinesis: TargetKind = {
  name: 'kinesis',
  words: 'Kinesis stream',
  service: 'kinesis',
  resource: /^stream\/([a-zA-Z0-9_.-]{1,128})$/,
  arnForm: 'arn:aws:kinesis:REGION:ACCOUNT:stream/NAME',
  role: {
    policyName: 'put-on-kinesis-stream',
    purpose: (name) => `put usage events on the Kinesis stream ${name}`,
    policy: (arn) => ({Effect: 'Allow', Action: ['kinesis:PutRecord', 'kinesis:PutRecords'], Resource: arn}),
  },
  createCommand: (name) =>
    `aws kinesis create-stream --stream-name ${name} --stream-mode-details StreamMode=ON_DEMAND`,
}
