import {permissionsOf} from '../../../src/lib/permissions/permissions-of'
import type {Scope} from '../../../src/lib/permissions/scope'
import {roadResources} from '../../../src/lib/road/road'
import type {RoadSettings} from '../../../src/lib/road/settings'
import {settings} from '../binding/_settings'

export const commands = Object.keys(permissionsOf)

const arn = (service: string, resource: string) => `arn:aws:${service}:eu-west-1:111122223333:${resource}`

/** One target of every kind that is not a delivery stream. */
export const targets = [
  arn('sqs', 'audit'),
  arn('events', 'event-bus/audit'),
  arn('kinesis', 'stream/audit'),
  arn('logs', 'log-group:/aws/events/audit'),
  arn('lambda', 'function:audit'),
  arn('states', 'stateMachine:audit'),
  arn('events', 'api-destination/audit/01234567-89ab-cdef-0123-456789abcdef'),
]

export function scopeOf(more: Partial<RoadSettings> = {}, words: Scope['words'] = {}): Scope {
  return {road: roadResources({...settings, ...more}), words}
}

const options: Partial<RoadSettings> = {
  dlq: 'dead',
  archiveDays: 7,
  allowAccounts: ['444455556666'],
  permissionsBoundary: 'arn:aws:iam::111122223333:policy/boundary',
}

/** Scopes in which every permission of every command holds at least once. */
export const scopes: readonly Scope[] = [
  scopeOf(),
  scopeOf(options, {
    canary: true,
    'scan-limit-gb': 10,
    queries: 5,
    sample: 5,
    month: '2026-10',
    close: true,
    confirm: true,
    remote: true,
    'all-rules': true,
    as: 'jsonschema4',
  }),
  scopeOf({bus: 'default'}, {registry: 'own', schema: 'orders', as: 'jsonschema4', 'from-rule': 'r'}),
  scopeOf({roleArn: 'arn:aws:iam::111122223333:role/theirs'}, {check: true}),
  ...targets.map((targetArn) => scopeOf({targetArn})),
  ...['start', 'stop', 'status'].map((work) => scopeOf({}, {[work]: true})),
  scopeOf({}, {file: 's3://lake/events/', registry: 'learned'}),
  scopeOf({}, {schema: 'orders'}),
  scopeOf({}, {old: 'orders'}),
  scopeOf({}, {rule: 'partner'}),
  scopeOf({}, {cancel: 'again'}),
  scopeOf({}, {id: 'e-1'}),
  ...[{workflow: 'nightly'}, {job: 'nightly'}].flatMap((work) => [
    scopeOf({}, {engine: 'glue', ...work}),
    scopeOf({}, {engine: 'glue', ...work, 'dry-run': true}),
  ]),
  scopeOf({}, {'dry-run': true}),
]
