import type {S3Client} from '@aws-sdk/client-s3'
import type {GlueClient} from '@aws-sdk/client-glue'
import type {Now} from '../../core/clock'
import type {QueryDeps} from '../../reports/run-query'
import type {LearntField} from '../../road/event-columns'
import type {LeaseOwner} from '../ledger/head'

/** What working on a lake needs: clients, a clock, and a way to wait that Ctrl-C ends. */
export interface LakeDeps extends QueryDeps {
  s3: S3Client
  glue: GlueClient
  now: Now
  owner: LeaseOwner
  /** Whether a process of this machine still runs. */
  isRunning: (pid: number) => boolean
}

/** Which lake. */
export interface LakePlace {
  bucket: string
  database: string
  workgroup: string
}

/** A lake whose tables all have these fields besides those of the contract, so that statements can name them. */
export interface LearntLake extends LakePlace {
  learnt: readonly LearntField[]
}
