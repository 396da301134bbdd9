const {writeFileSync} = require('node:fs')
const {join} = require('node:path')
const {peer, startServer, timeInTurn, tool, workFolder} = require('./processes')

/** One event sent to the same endpoint by one process: this tool and the AWS CLI. */
exports.sendOne = async () => {
  const folder = workFolder('send-one')
  const {line, stop} = await startServer(process.execPath, [
    tool,
    'local',
    'start',
    '--port',
    '0',
    '--data-dir',
    join(folder, 'data'),
    '--json',
  ])
  const url = JSON.parse(line).endpoint
  const env = {
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: 'eu-west-1',
    AWS_DEFAULT_REGION: 'eu-west-1',
    AWS_ENDPOINT_URL: url,
  }
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
