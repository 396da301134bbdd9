import type {TargetKind} from './target-kind'

/** A Step Functions state machine: each event starts an execution. */
export const stateMachine: TargetKind = {
  name: 'state-machine',
  words: 'state machine',
  service: 'states',
  resource: /^stateMachine:([^\s:/<>{}[\]?*"#%\\^|~`$&,;]{1,80})$/,
  arnForm: 'arn:aws:states:REGION:ACCOUNT:stateMachine:NAME',
  role: {
    policyName: 'start-execution',
    purpose: (name) => `start executions of the state machine ${name}`,
    policy: (arn) => ({Effect: 'Allow', Action: 'states:StartExecution', Resource: arn}),
  },
  createCommand: (name) =>
    `aws stepfunctions create-state-machine --name ${name} --definition file://FILE --role-arn ROLE-ARN`,
}
