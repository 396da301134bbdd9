const {writeFileSync} = require('node:fs')
const {join} = require('node:path')
const {awsEnvironment, localEndpoint, peer, timeInTurn, tool, workFolder} = require('./processes')

/** One event sent to the same endpoint by one process: this tool and the AWS CLI. */
exports.sendOne = async () => {
  const folder = workFolder('send-one')
  const {url, stop} = await localEndpoint(join(folder, 'data'))
  const env = {...awsEnvironment, AWS_ENDPOINT_URL: url}
  const event = join(folder, 'event.json')
  writeFileSync(event, JSON.stringify({service: {name: 'bench'}, api: {operation: 'ping'}, eventId: 'one'}))
  const entries = [{Source: 'my-applications', DetailType: 'api-usage-event', Detail: '{"eventId":"one"}'}]
  const aws = peer('aws')
  const commands = [
    {command: process.execPath, args: [tool, 'events', 'send', event, '--bus', 'default'], env},
    ...(aws
      ? [{command: aws, args: ['events', 'put-events', '--entries', JSON.stringify(entries)], env}]
      : []),
  ]
  const [toolMs, awsMs] = timeInTurn(commands, 11)
  await stop()
  return {
    toolMs,
    awsMs: awsMs ?? 'aws is not installed',
    toolPerAws: awsMs ? toolMs / awsMs : undefined,
    aims: {toolPerAws: 0.55},
  }
}
