import {spawnSync} from 'node:child_process'
import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {
  EventBridgeClient,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
} from '@aws-sdk/client-eventbridge'
import {CreateQueueCommand, SendMessageCommand, SQSClient} from '@aws-sdk/client-sqs'
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
    await serving.end()

    const lines = endedCalls(readFileSync(trace, 'utf8'))
    for (const operation of ['AWSEvents.PutEvents', 'AmazonSQS.SendMessage']) {
      expect(syncsBetween(lines, operation)).toBeGreaterThan(0)
    }
  })
})

/** How many syncs ended between the read that brought an operation's request and the write of the next answer. */
function syncsBetween(lines: readonly string[], operation: string): number {
  // strace shows the first bytes only; the request is known by being the last one of its kind that was read.
  const requests = lines
    .map((line, i) => ({line, i}))
    .filter(({line}) => /(read|recvfrom)\(/.test(line) && line.includes('"POST /'))
  const place = operation === 'AWSEvents.PutEvents' ? requests.at(-2) : requests.at(-1)
  if (!place) throw new Error(`no request of ${operation} in the trace`)
  const answer = lines.findIndex(
    (line, i) => i > place.i && /(write|writev|sendto)\(/.test(line) && line.includes('HTTP/1.1 200'),
  )
  return lines
    .slice(place.i, answer)
    .filter((line) => /(fdatasync|fsync|msync)(\(| resumed>).*= 0/.test(line)).length
}
