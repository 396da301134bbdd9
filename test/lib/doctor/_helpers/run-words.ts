import * as eventBridge from '@aws-sdk/client-eventbridge'
import * as iam from '@aws-sdk/client-iam'
import * as sqs from '@aws-sdk/client-sqs'
import * as s3 from '@aws-sdk/client-s3'
import {runCommand} from '../../../_helpers/run-command'
import type {Ran} from '../../../_helpers/run-command'

export type {Ran}

/** Runs a command of the tool in this process, as `usage-tracker WORDS` would. */
export async function runWords(words: readonly string[]): Promise<Ran> {
  return runCommand(words)
}

/** The words of a command line, as a shell reads them: quoted in single quotes or not at all. */
export function shellWords(text: string): string[] {
  const words = text.match(/(?:'[^']*'|\\'|[^\s'])+/g) ?? []
  return words.map((word) => word.replace(/'([^']*)'|\\(')/g, (_, quoted, bare) => quoted ?? bare))
}

const services: Record<string, {module: object; client: string}> = {
  events: {module: eventBridge, client: 'EventBridgeClient'},
  iam: {module: iam, client: 'IAMClient'},
  sqs: {module: sqs, client: 'SQSClient'},
}

/** Runs a remedy as it is printed: commands of the tool, or calls of the AWS CLI made by the SDK, each when the one before it was right. */
export async function runRemedy(text: string): Promise<number> {
  let exitCode = 0
  for (const command of text.split(' && ')) exitCode ||= await runOne(command)
  return exitCode
}

async function runOne(text: string): Promise<number> {
  const [program, ...words] = shellWords(text)
  if (program === 'usage-tracker') return (await runWords(words)).exitCode
  if (program !== 'aws') throw new Error(`no command: ${text}`)
  return words[0] === 's3' && words[1] === 'mv' ? moveObject(words.slice(2)) : runAws(words)
}

/** `aws s3 mv FROM TO`: no call of the service, but two. */
async function moveObject([from = '', to = '', ...flags]: string[]): Promise<number> {
  const valueOf = (flag: string): string => flags[flags.indexOf(flag) + 1] ?? ''
  const client = new s3.S3Client({
    region: valueOf('--region'),
    endpoint: valueOf('--endpoint-url'),
    credentials: {accessKeyId: 'test', secretAccessKey: 'test'},
    forcePathStyle: true,
  })
  const [source, target] = [new URL(from), new URL(to)]
  const CopySource = `${source.host}${source.pathname}`
  await client.send(
    new s3.CopyObjectCommand({Bucket: target.host, Key: target.pathname.slice(1), CopySource}),
  )
  await client.send(new s3.DeleteObjectCommand({Bucket: source.host, Key: source.pathname.slice(1)}))
  client.destroy()
  return 0
}

async function runAws([service = '', operation = '', ...flags]: string[]): Promise<number> {
  const {module, client: className} = services[service] ?? {module: {}, client: ''}
  const members = module as Record<string, new (input: object) => {send(command: object): Promise<unknown>}>
  const input: Record<string, string> = {}
  for (let i = 0; i < flags.length; i += 2) input[pascal((flags[i] ?? '').slice(2))] = flags[i + 1] ?? ''
  const {Region: region, EndpointUrl: endpoint, ...parameters} = input
  const credentials = {accessKeyId: 'test', secretAccessKey: 'test'}
  const Client = members[className]
  const Command = members[`${pascal(operation)}Command`]
  if (!Client || !Command) throw new Error(`no call ${service} ${operation}`)
  await new Client({region, endpoint, credentials}).send(new Command(parameters))
  return 0
}

function pascal(kebab: string): string {
  return kebab.replace(/(^|-)([a-z])/g, (_, __, letter: string) => letter.toUpperCase())
}
