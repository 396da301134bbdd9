import type {AwsClients} from '../../aws/clients'
import type {Asker, Choice} from '../../core/asker'
import {tryParseArn} from '../../core/arn'
import {OpError} from '../../core/errors'
import {streamArnOf} from '../../road/policies'
import type {RoadSettings} from '../../road/settings'
import {findKind, targetKinds} from '../../road/targets/find-kind'
import {readStream, streamNames} from '../read/read-stream'
import {targetOfArgument} from '../resource-argument'
import {asPlanned, isMade} from './question'
import type {Answer, Question} from './question'

const byArn = 'arn'

/** A rule or an account that has something to send to may not want a delivery stream of its own beside it. */
export const askTarget: Question = async ({clients, asker, open}, planned) => {
  const {road, actual} = planned
  const {settings} = road
  if (!open.target || !isMade(planned, 'stream')) return undefined
  const streams = await streamNames(clients, 'DirectPut')
  const candidates = choicesOf(settings, [
    ...actual.targets.map(({Arn: arn}) => [arn ?? '', 'the rule sends there now'] as const),
    ...streams.map((stream) => [streamArnOf({...settings, stream}), 'it is there'] as const),
  ])
  if (candidates.length === 0) return undefined
  const answer = await asker.choose(`Where is rule ${road.rule.name} to send usage events?`, [
    {value: asPlanned, name: `delivery stream ${road.stream.name}, which is made with its bucket and tables`},
    ...candidates,
    {value: byArn, name: 'something else, by its ARN', description: kindsInWords},
  ])
  if (answer === asPlanned) return undefined
  return answerOf(clients, answer === byArn ? await askArn(asker, settings) : answer, settings, open.bucket)
}

const kindsInWords = `A ${targetKinds.map((kind) => kind.words).join(', ')}.`

/** What can be bound of these ARNs, each once. */
function choicesOf(settings: RoadSettings, arns: readonly (readonly [arn: string, why: string])[]): Choice[] {
  const choices = arns.flatMap(([arn, why]): [string, Choice][] => {
    const parsed = tryParseArn(arn)
    const found = parsed && findKind(parsed)
    if (!found || problemOf(arn, settings) !== true) return []
    return [[arn, {value: arn, name: `${found.kind.words} ${found.name}`, description: why}]]
  })
  return [...new Map(choices.reverse()).values()].reverse()
}

async function askArn(asker: Asker, settings: RoadSettings): Promise<string> {
  return asker.text('ARN of the target', undefined, (text) => problemOf(text.trim(), settings))
}

function problemOf(arn: string, settings: RoadSettings): true | string {
  try {
    targetOfArgument(arn, settings)
    return true
  } catch (error) {
    if (error instanceof OpError) return error.message
    throw error
  }
}

/** A stream that is there keeps its bucket, unless another one is named. */
async function answerOf(
  clients: AwsClients,
  arn: string,
  settings: RoadSettings,
  isBucketOpen: boolean,
): Promise<Answer> {
  const {stream, targetArn} = targetOfArgument(arn, settings)
  if (stream === undefined) return {settings: {targetArn}, flags: ['--target', arn]}
  const flags = ['--firehose', stream]
  const bucketArn = isBucketOpen ? (await readStream(clients, stream))?.destination?.BucketARN : undefined
  if (bucketArn === undefined) return {settings: {stream}, flags}
  const bucket = bucketArn.slice(bucketArn.lastIndexOf(':') + 1)
  return {settings: {stream, bucket}, flags: [...flags, '--bucket', bucket]}
}
