import {Sandbox} from './run-tool'

let sandbox: Sandbox
beforeAll(() => {
  sandbox = new Sandbox()
})
afterAll(() => sandbox.close())

describe('a wrong command line', () => {
  it.each([
    [
      'an unknown command',
      'locl status',
      2,
      'UNKNOWN_COMMAND',
      'There is no command "locl".',
      'usage-tracker local status',
    ],
    [
      'an unknown verb',
      'local statsu',
      2,
      'UNKNOWN_COMMAND',
      'There is no command "local statsu".',
      'usage-tracker local status',
    ],
    [
      'an unknown flag',
      'local status --regoin x',
      2,
      'BAD_USAGE',
      'There is no flag --regoin.',
      '--region, or usage-tracker local status --help',
    ],
    [
      'a missing argument',
      'local advance',
      2,
      'BAD_USAGE',
      'Missing 1 required arg: duration  how far: 900s, 15m, 1h30m, 2d',
      'usage-tracker local advance --help',
    ],
    [
      'an argument too many',
      'local status x',
      2,
      'BAD_USAGE',
      'Unexpected argument: x',
      'usage-tracker local status --help',
    ],
    [
      'a value out of range',
      'local start --port 70000',
      2,
      'BAD_USAGE',
      '--port: Expected an integer less than or equal to 65535 but received: 70000',
      'usage-tracker local start --help',
    ],
    [
      'a value that cannot be read',
      'local advance soon',
      2,
      'BAD_TIME',
      '"soon" is not a duration.',
      'Write a number and a unit: 90s, 15m, 24h, 7d, or several as 1h30m.',
    ],
    [
      'a file that is not there',
      'local status --config nope.yaml',
      2,
      'NO_CONFIG',
      undefined,
      'Name another with --config, or write one with "usage-tracker init".',
    ],
    [
      'two endpoints',
      'events send --count 1 --local --endpoint-url http://127.0.0.1:1',
      2,
      'CONFLICTING_ENDPOINTS',
      '--local and --endpoint-url say two different things.',
      'Keep one of them.',
    ],
    [
      'an endpoint that is not there',
      'local stop',
      3,
      'NO_LOCAL_ENDPOINT',
      undefined,
      'usage-tracker local start',
    ],
  ])('with %s says so in both forms, with one exit code', async (_, line, exitCode, code, message, hint) => {
    const words = line.split(' ')

    const [plain, json] = await Promise.all([sandbox.run(words), sandbox.run([...words, '--json'])])

    const {error} = JSON.parse(json.stdout) as {error: {code: string; message: string; hint: string}}
    expect({exitCode: json.exitCode, code: error.code, hint: error.hint}).toEqual({exitCode, code, hint})
    expect(error.message).toBe(message ?? error.message)
    expect(json.stderr).toBe('')
    expect(plain).toEqual({exitCode, stdout: '', stderr: `Error: ${error.message}\nTry: ${hint}\n`})
  })
})

describe('help and version', () => {
  it('lists topics and commands without a command', async () => {
    const {exitCode, stdout, stderr} = await sandbox.run([])
    expect({exitCode, stderr}).toEqual({exitCode: 0, stderr: ''})
    expect(stdout).toMatch(/^ {2}local +The local endpoint/m)
    expect(stdout).toMatch(/^ {2}init +Write usage-tracker.yaml$/m)
  })

  it('says the same for "X --help" and "help X"', async () => {
    const [flag, word] = await Promise.all([
      sandbox.run(['local', 'stop', '--help']),
      sandbox.run(['help', 'local', 'stop']),
    ])
    expect(flag.stdout).toMatch(/^Stop the running local endpoint\n/)
    expect(word).toEqual(flag)
  })

  it('says name, version and platform', async () => {
    const {stdout, exitCode} = await sandbox.run(['--version'])
    expect(exitCode).toBe(0)
    expect(stdout).toBe(`usage-tracker/0.1.0 ${process.platform}-${process.arch} node-${process.version}\n`)
  })
})
