import {spawnSync} from 'node:child_process'
import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {
  EventBridgeClient,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
} from '@aws-sdk/client-eventbridge'
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs'
import {temporaryFolder} from '../_helpers/endpoint'
import {serve} from '../_helpers/tool'

const hasStrace = spawnSync('strace', ['-V']).status === 0
if (!hasStrace && process.env['CI']) throw new Error('strace is not installed')
const whenThere = hasStrace ? it : it.skip

/** System calls in the order in which they ended, of all threads. */
function endedCalls(trace: string): string[] {
  return trace.split('\n').filter((line) => !line.includes('<unfinished') && line !== '')
}

describe('strace on a serving endpoint', () => {
  whenThere('sees a sync complete between the request and its answer', async () => {
    const trace = join(temporaryFolder(), 'trace')
    const calls = 'fdatasync,fsync,msync,read,write,writev,sendto,recvfrom'
    const serving = await serve(temporaryFolder(), [
      'strace',
      '-f',
      '-s',
      '64',
      '-e',
      `trace=${calls}`,
      '-o',
      trace,
    ])
    const client = {
      endpoint: serving.url,
      region: 'eu-west-1',
      credentials: {accessKeyId: 'test', secretAccessKey: 'test'},
    }
    const events = new EventBridgeClient(client)
    const sqs = new SQSClient(client)
    const {QueueUrl} = await sqs.send(new CreateQueueCommand({QueueName: 'q'}))
    await events.send(new PutRuleCommand({Name: 'r', EventPattern: '{"source":["traced"]}'}))
    await events.send(
      new PutTargetsCommand({Rule: 'r', Targets: [{Id: 't', Arn: 'arn:aws:sqs:eu-west-1:000000000000:q'}]}),
    )

    await events.send(new PutEventsCommand({Entries: [{Source: 'traced', DetailType: 'one', Detail: '{}'}]}))
    await sqs.send(new SendMessageCommand({QueueUrl: QueueUrl ?? '', MessageBody: 'x'}))
    await sqs.send(new GetQueueAttributesCommand({QueueUrl, AttributeNames: ['All']}))
    // A signal would end strace and leave the endpoint; asked to stop, the endpoint ends and strace with it.
    const gone = new Promise((resolve) => serving.child.once('exit', resolve))
    await fetch(`${serving.url}/_usage-tracker/stop`, {method: 'POST'})
    await gone

    const lines = endedCalls(readFileSync(trace, 'utf8'))
    const [reading = -1, sending = -1, putting = -1] = [-1, -2, -3].map((place) => syncsInCall(lines, place))
    expect({putting: putting > 0, sending: sending > 0, reading}).toEqual({
      putting: true,
      sending: true,
      reading: 0,
    })
  })
})

/** How many syncs ended between the read that brought a request (counted from the last) and the write of its answer. */
function syncsInCall(lines: readonly string[], place: number): number {
  const requests = lines.flatMap((line, i) =>
    /(read|recvfrom)(\(| resumed>)/.test(line) && line.includes('"POST / HTTP') ? [i] : [],
  )
  const request = requests.at(place) ?? lines.length
  const answer = lines.findIndex(
    (line, i) =>
      i > request && /(write|writev|sendto)(\(| resumed>)/.test(line) && line.includes('HTTP/1.1 200'),
  )
  return lines
    .slice(request, answer)
    .filter((line) => /(fdatasync|fsync|msync)(\(| resumed>).*= 0/.test(line)).length
}
