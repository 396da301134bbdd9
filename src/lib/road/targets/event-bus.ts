import type {TargetKind} from './target-kind'

/** Another event bus. The user guide lists it among the targets without a role, but PutTargets asks for one. */
export const eventBus: TargetKind = {
  name: 'event-bus',
  words: 'event bus',
  service: 'events',
  resource: /^event-bus\/([/.\-_A-Za-z0-9]{1,256})$/,
  arnForm: 'arn:aws:events:REGION:ACCOUNT:event-bus/NAME',
  role: {
    policyName: 'put-events',
    purpose: (name) => `put usage events on the event bus ${name}`,
    policy: (arn) => ({Effect: 'Allow', Action: 'events:PutEvents', Resource: arn}),
  },
  createCommand: (name) => `aws events create-event-bus --name ${name}`,
}
