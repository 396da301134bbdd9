import type {PolicyStatement} from '../policies'

export type TargetKindName =
  'firehose' | 'sqs' | 'event-bus' | 'kinesis' | 'log-group' | 'lambda' | 'state-machine' | 'api-destination'

/** What a statement of a resource policy is made from. */
export interface GrantPlace {
  /** Name of the statement, of its binding alone. */
  sid: string
  targetArn: string
  ruleArn: string
}

/** What a rule can send to, and what it takes that an event gets there. Data and pure functions of it. */
export interface TargetKind {
  name: TargetKindName
  /** What it is called in a sentence. */
  words: string
  /** Service of its ARN. */
  service: string
  /** Resource part of its ARN; the first group is its name. */
  resource: RegExp
  /** A form of its ARN, for hints. */
  arnForm: string
  /** What EventBridge does with the target as the rule's role. Absent: it takes no role and acts as itself. */
  role?: {
    policyName: string
    /** Completes "Lets EventBridge ...". */
    purpose: (name: string) => string
    policy: (arn: string) => PolicyStatement
  }
  /** What lets EventBridge in where it acts as itself: the policy of a queue, or one of the service's own. */
  grant?: {
    resource: 'queue-policy' | 'resource-policy'
    statements: (place: GrantPlace) => PolicyStatement[]
  }
  /** The AWS CLI's command that makes a target of this name. Absent: `bind-target` makes it. */
  createCommand?: (name: string) => string
}
