import type {AthenaClient} from '@aws-sdk/client-athena'
import type {CloudWatchClient} from '@aws-sdk/client-cloudwatch'
import type {CloudWatchLogsClient} from '@aws-sdk/client-cloudwatch-logs'
import type {EventBridgeClient} from '@aws-sdk/client-eventbridge'
import type {FirehoseClient} from '@aws-sdk/client-firehose'
import type {GlueClient} from '@aws-sdk/client-glue'
import type {IAMClient} from '@aws-sdk/client-iam'
import type {KinesisClient} from '@aws-sdk/client-kinesis'
import type {LambdaClient} from '@aws-sdk/client-lambda'
import type {S3Client} from '@aws-sdk/client-s3'
import type {SchemasClient} from '@aws-sdk/client-schemas'
import type {SFNClient} from '@aws-sdk/client-sfn'
import type {SQSClient} from '@aws-sdk/client-sqs'
import type {STSClient} from '@aws-sdk/client-sts'
import type {AwsCredentialIdentity, AwsCredentialIdentityProvider} from '@smithy/types'
import type {Now} from '../core/clock'
import type {BulkPut} from './bulk-put-events'
import {hearCalls} from './hear-calls'
import type {HearCall} from './hear-calls'
import {makeAgent, makeRequestHandler} from './request-handler'
import type {Handler, Network} from './request-handler'

/** Where the services are, who asks, and over which network. */
export interface Connection extends Network {
  region: string
  /** Base address of every service, `http://127.0.0.1:4577`. Absent: the services' own addresses in the region. */
  endpoint?: string | undefined
  /** Profile of the shared configuration files. */
  profile?: string | undefined
  /** Keys to use as they are. Absent: those of `profile`, else the SDK's default chain. */
  credentials?: AwsCredentialIdentity | undefined
  /** Asks for the code of a multi-factor device, by the device's serial number. Absent: such a profile fails. */
  mfaCode?: ((serial: string) => Promise<string>) | undefined
  /** Hears of every call before it is made. */
  onCall?: HearCall | undefined
}

interface ClientOptions {
  region: string
  endpoint?: string
  credentials: AwsCredentialIdentity | AwsCredentialIdentityProvider
  requestHandler: Handler
}

/**
 * One SDK client per service, made when it is first asked for. A client's package is loaded only then, so a command
 * pays for the services it uses. All clients share one pool of kept-alive connections and one set of credentials.
 * Retries are the SDK's own (`standard`, three attempts, or what AWS_MAX_ATTEMPTS says).
 */
export class AwsClients {
  private readonly made = new Map<string, Promise<{destroy(): void}>>()
  private readonly posts: {close(): void}[] = []
  private shared: Promise<ClientOptions> | undefined

  constructor(readonly connection: Connection) {}

  eventBridge(): Promise<EventBridgeClient> {
    return this.once('eventBridge', async (options) => {
      const {EventBridgeClient} = await import('@aws-sdk/client-eventbridge')
      return new EventBridgeClient(options)
    })
  }

  /** PutEvents to one bus (name or ARN) at the pace of many requests a second: what `bulkPutEvents` answers. */
  async bulkPutEvents(bus: string, now: Now): Promise<BulkPut> {
    const {bulkPutEvents, endpointOf} = await import('./bulk-put-events')
    const {makePost} = await import('./post')
    const client = await this.eventBridge()
    const address = await endpointOf(client)
    const {post, close} = makePost(address, await makeAgent(this.connection, address))
    this.posts.push({close})
    return bulkPutEvents({client, address, post, now, onCall: this.connection.onCall}, bus)
  }

  firehose(): Promise<FirehoseClient> {
    return this.once('firehose', async (options) => {
      const {FirehoseClient} = await import('@aws-sdk/client-firehose')
      return new FirehoseClient(options)
    })
  }

  s3(): Promise<S3Client> {
    return this.once('s3', async (options) => {
      const {S3Client} = await import('@aws-sdk/client-s3')
      // A bucket as a host name resolves on AWS alone; the SDK has no variable for path style, only this option.
      return new S3Client({...options, forcePathStyle: this.connection.endpoint !== undefined})
    })
  }

  schemas(): Promise<SchemasClient> {
    return this.once('schemas', async (options) => {
      const {SchemasClient} = await import('@aws-sdk/client-schemas')
      return new SchemasClient(options)
    })
  }

  athena(): Promise<AthenaClient> {
    return this.once('athena', async (options) => {
      const {AthenaClient} = await import('@aws-sdk/client-athena')
      return new AthenaClient(options)
    })
  }

  glue(): Promise<GlueClient> {
    return this.once('glue', async (options) => {
      const {GlueClient} = await import('@aws-sdk/client-glue')
      return new GlueClient(options)
    })
  }

  sqs(): Promise<SQSClient> {
    return this.once('sqs', async (options) => {
      const {SQSClient} = await import('@aws-sdk/client-sqs')
      // By default the SDK calls the host named in the queue's URL, which may not be the endpoint asked for.
      return new SQSClient({...options, useQueueUrlAsEndpoint: this.connection.endpoint === undefined})
    })
  }

  iam(): Promise<IAMClient> {
    return this.once('iam', async (options) => {
      const {IAMClient} = await import('@aws-sdk/client-iam')
      return new IAMClient(options)
    })
  }

  sts(): Promise<STSClient> {
    return this.once('sts', async (options) => {
      const {STSClient} = await import('@aws-sdk/client-sts')
      return new STSClient(options)
    })
  }

  cloudWatch(): Promise<CloudWatchClient> {
    return this.once('cloudWatch', async (options) => {
      const {CloudWatchClient} = await import('@aws-sdk/client-cloudwatch')
      return new CloudWatchClient(options)
    })
  }

  logs(): Promise<CloudWatchLogsClient> {
    return this.once('logs', async (options) => {
      const {CloudWatchLogsClient} = await import('@aws-sdk/client-cloudwatch-logs')
      return new CloudWatchLogsClient(options)
    })
  }

  kinesis(): Promise<KinesisClient> {
    return this.once('kinesis', async (options) => {
      const {KinesisClient} = await import('@aws-sdk/client-kinesis')
      return new KinesisClient(options)
    })
  }

  lambda(): Promise<LambdaClient> {
    return this.once('lambda', async (options) => {
      const {LambdaClient} = await import('@aws-sdk/client-lambda')
      return new LambdaClient(options)
    })
  }

  stepFunctions(): Promise<SFNClient> {
    return this.once('stepFunctions', async (options) => {
      const {SFNClient} = await import('@aws-sdk/client-sfn')
      return new SFNClient(options)
    })
  }

  /** Closes the connections of every client made so far. The object is of no use afterwards. */
  async close(): Promise<void> {
    const clients = await Promise.allSettled(this.made.values())
    for (const client of clients) if (client.status === 'fulfilled') client.value.destroy()
    const options = await this.shared?.catch(() => undefined)
    options?.requestHandler.destroy?.()
    for (const post of this.posts) post.close()
    this.made.clear()
  }

  private once<C extends {destroy(): void}>(
    name: string,
    make: (options: ClientOptions) => Promise<C>,
  ): Promise<C> {
    let client = this.made.get(name) as Promise<C> | undefined
    if (!client) {
      this.shared ??= sharedOptions(this.connection)
      client = this.shared.then(make).then((one) => this.heard(one))
      this.made.set(name, client)
    }
    return client
  }

  private heard<C>(client: C): C {
    const {onCall, region} = this.connection
    if (onCall) hearCalls(client, region, onCall)
    return client
  }
}

async function sharedOptions(connection: Connection): Promise<ClientOptions> {
  const requestHandler = await makeRequestHandler(connection)
  return {
    region: connection.region,
    ...(connection.endpoint !== undefined && {endpoint: connection.endpoint}),
    credentials: connection.credentials ?? (await defaultCredentials(connection, requestHandler)),
    requestHandler,
  }
}

/** The provider asks SSO and STS over the same network; what it asks on the machine itself needs none. */
async function defaultCredentials(
  connection: Connection,
  requestHandler: Handler,
): Promise<AwsCredentialIdentityProvider> {
  const {defaultProvider} = await import('@aws-sdk/credential-provider-node')
  const {profile} = connection
  const provider = defaultProvider({
    clientConfig: {region: connection.region, requestHandler},
    ...(profile !== undefined && {profile}),
    ...(connection.mfaCode && {mfaCodeProvider: connection.mfaCode}),
  })
  if (profile === undefined) return provider
  return async (options) => {
    try {
      return await provider(options)
    } catch (error) {
      throw namingProfile(error, profile)
    }
  }
}

/** The SDK says which providers it tried, but not for which profile. */
function namingProfile(error: unknown, profile: string): unknown {
  if (error instanceof Error && error.name === 'CredentialsProviderError') {
    error.message = `profile ${profile}: ${error.message}`
  }
  return error
}
