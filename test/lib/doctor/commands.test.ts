import fc from '../../_helpers/properties'
import {execFileSync} from 'node:child_process'
import {shellText} from '../../../src/lib/core/shell-text'
import {Commands} from '../../../src/lib/doctor/commands'
import {givenWords} from '../../../src/lib/doctor/given-words'
import {shellWords} from './_helpers/run-words'

const given = {road: ['checkout', '--bus', 'usage'], place: ['--region', 'eu-west-1']}

describe('a remedy', () => {
  it('is a command for the same road in the same place', () => {
    const commands = new Commands(given, {region: 'eu-west-1', endpoint: undefined})
    expect(commands.bind()).toBe('usage-tracker bind-target --yes checkout --bus usage --region eu-west-1')
  })

  it('adds a flag that was not given, and no flag twice', () => {
    const commands = new Commands(given, {region: 'eu-west-1', endpoint: undefined})
    expect(commands.bind({'--dlq': 'dead', '--bus': 'other'})).toBe(
      'usage-tracker bind-target --yes checkout --bus usage --dlq dead --region eu-west-1',
    )
  })

  it('names region and endpoint to the AWS CLI', () => {
    const commands = new Commands(given, {region: 'eu-west-1', endpoint: 'http://127.0.0.1:4577'})
    expect(commands.aws('events', 'list-rules')).toBe(
      'aws events list-rules --region eu-west-1 --endpoint-url http://127.0.0.1:4577',
    )
  })

  it('keeps what is deployed and was not said', () => {
    const commands = new Commands(given, {region: 'eu-west-1', endpoint: undefined}, [
      '--retry-attempts',
      '3',
    ])
    expect(commands.bind()).toBe(
      'usage-tracker bind-target --yes checkout --bus usage --retry-attempts 3 --region eu-west-1',
    )
  })

  it('names the profile on AWS, and starts a local endpoint that ends with the command anew', () => {
    const where = {region: 'eu-west-1', profile: 'prod'}
    expect(new Commands(given, {...where, endpoint: undefined}).aws('events', 'list-rules')).toBe(
      'aws events list-rules --region eu-west-1 --profile prod',
    )
    const own = {...where, endpoint: 'http://127.0.0.1:40001', ownDataDir: '/data/my road'}
    expect(new Commands(given, own).aws('events', 'list-rules')).toBe(
      "usage-tracker local exec --data-dir '/data/my road' -- aws events list-rules --region eu-west-1",
    )
  })

  it('takes from the command line what was given there, and nothing else', () => {
    const flags = {
      ...{bus: 'b', rule: 'of-a-variable', local: true, json: true, canary: true, 'data-dir': 'd'},
      ...{tag: ['a=b', 'c=d'], 'archive-days': 0},
    }
    const wasGiven = (flag: string) => flag !== 'rule'
    expect(givenWords('one', flags, wasGiven, ['bus', 'rule', 'tag', 'archive-days'])).toEqual({
      road: ['one', '--bus', 'b', '--tag', 'a=b', '--tag', 'c=d', '--archive-days', '0'],
      place: ['--local', '--data-dir', 'd'],
    })
  })
})

describe('words for a shell', () => {
  it('are read back by a shell as they were', () => {
    const words = ['a b', "it's", '{"source":["$HOME"]}', '', '`x`', '--flag=1', '*', 'a\\b', '"']
    const script = `printf '%s\\n' ${shellText(words)}`
    expect(execFileSync('sh', ['-c', script], {encoding: 'utf8'})).toBe(words.map((w) => `${w}\n`).join(''))
  })

  it('are read back by the tests as they were', () => {
    fc.assert(
      fc.property(fc.array(fc.string({minLength: 1})), (words) => {
        expect(shellWords(shellText(words))).toEqual(words)
      }),
    )
  })
})
