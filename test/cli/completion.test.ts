import {spawnSync} from 'node:child_process'
import {existsSync, symlinkSync} from 'node:fs'
import {join} from 'node:path'
import {temporaryFolder} from '../_helpers/endpoint'
import {bareEnvironment, runTool, serve, type Serving} from '../_helpers/tool'

const root = join(__dirname, '..', '..')
let serving: Serving
let env: Record<string, string>

beforeAll(async () => {
  serving = await serve()
  const bin = temporaryFolder()
  symlinkSync(join(root, 'bin', 'run.js'), join(bin, 'usage-tracker'))
  const bare = bareEnvironment()
  env = {
    ...bare,
    PATH: `${bin}:${bare['PATH'] ?? ''}`,
    AWS_ENDPOINT_URL: serving.url,
    AWS_REGION: 'eu-west-1',
  }
  for (const id of ['a', 1]) {
    const event = {source: 'orders', 'detail-type': 'Paid', detail: {id}}
    const input = `${JSON.stringify({id})}\n${JSON.stringify(event)}`
    runTool(['schemas', 'discover', '-', '--registry', 'shop', '--name', 'orders', '--yes'], {input, env})
  }
})
afterAll(() => serving.end())

/** What a shell offers at the end of a line. */
function offered(line: string, wordBreaks = ` \t\n"'@><=;|&(:`): string[] {
  const script = `source <(usage-tracker completion bash)
    COMP_WORDBREAKS="$2"; COMP_LINE="$1"; COMP_POINT=\${#1}
    _usage_tracker
    printf '%s\\n' "\${COMPREPLY[@]}"`
  const {stdout, stderr, status} = spawnSync('bash', ['--norc', '-c', script, 'bash', line, wordBreaks], {
    env,
    encoding: 'utf8',
    cwd: temporaryFolder(),
  })
  expect({stderr, status}).toEqual({stderr: '', status: 0})
  return stdout.split('\n').filter((word) => word !== '')
}

describe('the script in bash', () => {
  it.each([
    ['usage-tracker sch', ['schemas']],
    ['usage-tracker schemas sh', ['show']],
    ['usage-tracker schemas export ', ['orders', 'orders@Paid', 'usage-event']],
    ['usage-tracker schemas export or', ['orders', 'orders@Paid']],
    ['usage-tracker schemas diff orders usage', ['usage-event']],
    ['usage-tracker schemas export orders@', ['Paid']],
    ['usage-tracker schemas export orders:', ['1', '2']],
    ['usage-tracker schemas export orders@Paid:', ['1', '2']],
    ['usage-tracker schemas export --registry sh', ['shop']],
    ['usage-tracker schemas export --registry shop or', ['orders', 'orders@Paid']],
    ['usage-tracker schemas export --as open', ['openapi3', 'openapi31']],
    ['usage-tracker schemas diff --for=p', ['producers']],
    ['usage-tracker schemas export contracts/', []],
    ['usage-tracker events send ', []],
  ])('completes "%s"', (line, expected) => {
    expect(offered(line)).toEqual(expected)
  })

  it('gives whole words where the shell does not break them', () => {
    expect(offered('usage-tracker schemas export orders@', ' \t\n')).toEqual(['orders@Paid'])
  })

  it('is silent where nobody answers', () => {
    const before = env
    env = {...env, AWS_ENDPOINT_URL: 'http://127.0.0.1:1'}
    try {
      expect(offered('usage-tracker schemas show us')).toEqual(['usage-event'])
      expect(offered('usage-tracker schemas show or')).toEqual([])
      expect(offered('usage-tracker schemas show --profile nope or')).toEqual([])
    } finally {
      env = before
    }
  })

  it('runs nothing that stands in the line', () => {
    const folder = temporaryFolder()
    const mark = join(folder, 'mark')
    expect(offered(`usage-tracker schemas show "$(touch ${mark})`)).toEqual([])
    expect(existsSync(mark)).toBe(false)
  })
})

it('prints one object under --json, and refuses other shells', () => {
  const {stdout} = runTool(['completion', 'bash', '--json'])
  expect(JSON.parse(stdout)).toEqual({
    shell: 'bash',
    script: expect.stringContaining('complete -o default') as string,
  })
  expect(runTool(['completion', 'tcsh']).status).toBe(2)
  expect(runTool(['complete', 'usage-tracker schemas show us', '--json'])).toMatchObject({
    status: 0,
    stdout: '{"words":["usage-event"]}\n',
  })
})
