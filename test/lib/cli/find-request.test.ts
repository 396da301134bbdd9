import {findRequest} from '../../../src/lib/cli/find-request'

const ids = ['bind-target', 'demo', 'events:import', 'events:send', 'local:start', 'local:status']
const topics = ['events', 'local']
const find = (line: string) => findRequest(line === '' ? [] : line.split(' '), ids, topics)

describe('findRequest', () => {
  it('takes the longest row of words that names a command', () => {
    expect(find('events send file.ndjson --json')).toEqual({
      kind: 'command',
      id: 'events:send',
      rest: ['file.ndjson', '--json'],
    })
  })

  it('leaves the words behind a command to the command', () => {
    expect(find('bind-target orders --yes')).toEqual({
      kind: 'command',
      id: 'bind-target',
      rest: ['orders', '--yes'],
    })
  })

  it.each([
    ['', []],
    ['--help', []],
    ['help', []],
    ['events --help', ['events']],
    ['help events', ['events']],
    ['events send --help', ['events', 'send']],
    ['events send x -h', ['events', 'send']],
    ['help events send', ['events', 'send']],
  ])('shows help for "%s"', (line, subject) => {
    expect(find(line)).toEqual({kind: 'help', subject})
  })

  it('does not take --help behind -- for a wish for help', () => {
    expect(find('events send -- --help')).toEqual({
      kind: 'command',
      id: 'events:send',
      rest: ['--', '--help'],
    })
  })

  it('knows --version among other words', () => {
    expect(find('--version --json')).toEqual({kind: 'version'})
  })

  it.each([
    ['evnts send x', 'UNKNOWN_COMMAND', 'There is no command "evnts".', 'usage-tracker events send'],
    ['events sned', 'UNKNOWN_COMMAND', 'There is no command "events sned".', 'usage-tracker events send'],
    ['zzz', 'UNKNOWN_COMMAND', 'There is no command "zzz".', 'usage-tracker --help'],
    ['events:send', 'UNKNOWN_COMMAND', 'There is no command "events:send".', 'usage-tracker events send'],
    [
      'local --json',
      'INCOMPLETE_COMMAND',
      '"local" needs a verb: start, status.',
      'usage-tracker local --help',
    ],
    ['local', 'INCOMPLETE_COMMAND', '"local" needs a verb: start, status.', 'usage-tracker local --help'],
    [
      'events tail',
      'UNKNOWN_COMMAND',
      'There is no command "events tail": "events" has import, send.',
      'usage-tracker events --help',
    ],
    [
      '--json events send',
      'BAD_USAGE',
      'A command comes first, then its flags: found --json in its place.',
      'usage-tracker --help',
    ],
  ])('refuses "%s" with %s', (line, code, message, hint) => {
    expect(() => find(line)).toThrow(expect.objectContaining({kind: 'usage', code, message, hint}))
  })
})
