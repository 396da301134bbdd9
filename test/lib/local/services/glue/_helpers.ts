import {
  CreateDatabaseCommand,
  GetCrawlerCommand,
  GetJobRunCommand,
  GetJobRunsCommand,
  GetWorkflowRunCommand,
  GlueClient,
} from '@aws-sdk/client-glue'
import type {Crawler, JobRun, WorkflowRun} from '@aws-sdk/client-glue'
import {CreateRoleCommand, IAMClient, PutRolePolicyCommand} from '@aws-sdk/client-iam'
import {CreateBucketCommand, PutObjectCommand, S3Client} from '@aws-sdk/client-s3'
import type {TestEndpoint} from '../../../../_helpers/endpoint'
import {eventually} from '../../../../_helpers/eventually'

/** Clients of an endpoint with a bucket `lake`, a database `db` and a role `worker` that Glue can take on. */
export class Workshop {
  readonly glue: GlueClient
  readonly s3: S3Client
  readonly iam: IAMClient

  private constructor(readonly endpoint: TestEndpoint) {
    this.glue = new GlueClient(endpoint.client)
    this.s3 = new S3Client(endpoint.client)
    this.iam = new IAMClient(endpoint.client)
  }

  /** Of an endpoint that has them. */
  static at(endpoint: TestEndpoint): Workshop {
    return new Workshop(endpoint)
  }

  static async open(endpoint: TestEndpoint): Promise<Workshop> {
    const shop = new Workshop(endpoint)
    await shop.s3.send(
      new CreateBucketCommand({Bucket: 'lake', CreateBucketConfiguration: {LocationConstraint: 'eu-west-1'}}),
    )
    await shop.glue.send(new CreateDatabaseCommand({DatabaseInput: {Name: 'db'}}))
    await shop.role('worker', ['s3:*', 'athena:*'])
    return shop
  }

  async role(RoleName: string, Action: string[], service = 'glue.amazonaws.com'): Promise<void> {
    const document = (statement: object) =>
      JSON.stringify({Version: '2012-10-17', Statement: [{Effect: 'Allow', ...statement}]})
    const trust = document({Principal: {Service: service}, Action: 'sts:AssumeRole'})
    await this.iam.send(new CreateRoleCommand({RoleName, AssumeRolePolicyDocument: trust}))
    const PolicyDocument = document({Action, Resource: '*'})
    await this.iam.send(new PutRolePolicyCommand({RoleName, PolicyName: 'work', PolicyDocument}))
  }

  async put(Key: string, Body: string | Uint8Array): Promise<void> {
    await this.s3.send(new PutObjectCommand({Bucket: 'lake', Key, Body}))
  }

  /** The run, once it has ended. */
  jobRun(JobName: string, RunId = ''): Promise<JobRun> {
    return eventually(async () => {
      const {JobRun: run = {}} = await this.glue.send(new GetJobRunCommand({JobName, RunId}))
      return run.CompletedOn ? run : undefined
    })
  }

  /** Any run of a job that has ended. */
  someJobRun(JobName: string): Promise<JobRun> {
    return eventually(async () => {
      const {JobRuns} = await this.glue.send(new GetJobRunsCommand({JobName}))
      return JobRuns?.find(({CompletedOn}) => CompletedOn)
    })
  }

  /** The crawler, once it is at rest. */
  crawler(Name: string): Promise<Crawler> {
    return eventually(async () => {
      const {Crawler: crawler} = await this.glue.send(new GetCrawlerCommand({Name}))
      return crawler?.State === 'READY' ? crawler : undefined
    })
  }

  /** The run of a workflow, once it has ended. */
  workflowRun(Name: string, RunId = ''): Promise<WorkflowRun> {
    return eventually(async () => {
      const command = new GetWorkflowRunCommand({Name, RunId, IncludeGraph: true})
      const {Run: run} = await this.glue.send(command)
      return run?.CompletedOn ? run : undefined
    })
  }

  close(): void {
    for (const client of [this.glue, this.s3, this.iam]) client.destroy()
  }
}

/** A query that takes far longer than any test. */
export function slowQuery(): string {
  const tables = Array.from({length: 40}, (_, place) => `(VALUES (1), (2), (3)) AS t${place}(a)`)
  return `SELECT sum(t0.a * t1.a) FROM ${tables.join(', ')}`
}
