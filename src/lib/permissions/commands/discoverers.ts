import type {Permission} from '../permission'

const ofManagedRule = 'a discoverer listens with a rule of its own (AmazonEventBridgeSchemasFullAccess)'

/** The schema discoverer of a bus, made and started. */
export const makingDiscoverer: readonly Permission[] = [
  {
    to: "make the bus's discoverer",
    actions: ['schemas:CreateDiscoverer'],
    on: ['everything'],
    why: 'the action has no resource',
  },
  {
    to: 'tag the discoverer',
    actions: ['schemas:TagResource'],
    on: ['discoverers'],
    why: 'it is made with tags',
  },
  {to: 'start the discoverer', actions: ['schemas:StartDiscoverer'], on: ['discoverers']},
  {
    to: 'have the discoverer make and start its rule',
    actions: ['events:PutRule', 'events:PutTargets', 'events:EnableRule', 'events:ListTargetsByRule'],
    on: ['rules of the discoverer'],
    why: ofManagedRule,
  },
  {
    to: 'have the role of discoverers made, once in an account',
    actions: ['iam:CreateServiceLinkedRole'],
    on: ['schemas role'],
    condition: {StringEquals: {'iam:AWSServiceName': 'schemas.amazonaws.com'}},
    why: 'discoverers work as a service-linked role (AmazonEventBridgeFullAccess)',
  },
]

/** The same stopped. */
export const stoppingDiscoverer: readonly Permission[] = [
  {to: 'stop the discoverer', actions: ['schemas:StopDiscoverer'], on: ['discoverers']},
  {
    to: 'have the discoverer stop its rule',
    actions: ['events:DisableRule'],
    on: ['rules of the discoverer'],
    why: ofManagedRule,
  },
]
