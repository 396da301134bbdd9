import type {TargetKind} from './target-kind'

/** An API destination. Its ARN ends in an id that a new one of the same name does not have, so the role is let at all of the name. */
export const apiDestination: TargetKind = {
  name: 'api-destination',
  words: 'API destination',
  service: 'events',
  resource: /^api-destination\/([.\-_A-Za-z0-9]{1,64})\/[0-9a-f-]{36}$/,
  arnForm: 'arn:aws:events:REGION:ACCOUNT:api-destination/NAME/ID',
  role: {
    policyName: 'invoke-api-destination',
    purpose: (name) => `invoke the API destination ${name}`,
    policy: (arn) => ({
      Effect: 'Allow',
      Action: 'events:InvokeApiDestination',
      Resource: `${arn.slice(0, arn.lastIndexOf('/'))}/*`,
    }),
  },
  createCommand: (name) =>
    `aws events create-api-destination --name ${name} --connection-arn CONNECTION-ARN --invocation-endpoint URL --http-method POST`,
}
