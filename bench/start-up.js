const {tool, timeInTurn, peer} = require('./processes')

/** Whole processes, in milliseconds: help and version beside the smallest Node program, and the AWS CLI. */
exports.startUp = () => {
  const aws = peer('aws')
  const commands = [
    {command: process.execPath, args: ['-e', '0']},
    {command: process.execPath, args: [tool, '--help']},
    {command: process.execPath, args: [tool, '--version']},
    ...(aws ? [{command: aws, args: ['--version']}] : []),
  ]
  const [floorMs, helpMs, versionMs, awsVersionMs] = timeInTurn(commands, 15)
  return {
    floorMs,
    helpMs,
    versionMs,
    awsVersionMs: awsVersionMs ?? 'aws is not installed',
    helpPerFloor: helpMs / floorMs,
    versionPerFloor: versionMs / floorMs,
    aims: {helpPerFloor: 2, versionPerFloor: 1.4},
  }
}
