import {temporaryFolder} from '../_helpers/endpoint'
import {runTool, type Ran} from '../_helpers/tool'

interface Answer {
  changed: boolean
  changes: {action: string; resource: string; name: string; fields?: string[]}[]
}

const answerOf = (ran: Ran): Answer => JSON.parse(ran.stdout) as Answer

describe('bind-target', () => {
  let dataDir: string
  const bindTarget = (...words: string[]): Ran =>
    runTool(['bind-target', '--local', '--data-dir', dataDir, '--region', 'eu-west-1', ...words])

  beforeEach(() => {
    dataDir = temporaryFolder()
  })

  it('binds once, finds nothing to change after that, and sees a drift', () => {
    const first = bindTarget('--yes', '--json')
    const second = bindTarget('--yes', '--json')
    const check = bindTarget('--check', '--json')
    const drift = bindTarget('--check', '--json', '--pattern', '{"source":["else"]}')

    expect([first.status, second.status, check.status, drift.status]).toEqual([0, 0, 0, 9])
    expect(Object.keys(answerOf(first))).toEqual(['changed', 'changes'])
    expect(answerOf(first).changed).toBe(true)
    expect(answerOf(first).changes.map((c) => `${c.action} ${c.resource}`)).toEqual([
      'create bus',
      'create bucket',
      'create database',
      'create table',
      'create role',
      'create policy',
      'create stream',
      'create role',
      'create policy',
      'create workgroup',
      'create discoverer',
      'create rule',
      'create target',
    ])
    expect(answerOf(second).changed).toBe(false)
    expect(new Set(answerOf(second).changes.map((c) => c.action))).toEqual(new Set(['keep']))
    expect(answerOf(drift).changes.filter((c) => c.action !== 'keep')).toEqual([
      {action: 'update', resource: 'rule', name: 'api-usage', fields: ['pattern']},
    ])
  })

  it('shows the plan and changes nothing with --dry-run', () => {
    const dry = bindTarget('--dry-run')

    expect(dry.status).toBe(0)
    expect(dry.stdout).toMatch(
      /^Account 000000000000, region eu-west-1, endpoint http:\/\/127\.0\.0\.1:\d+\n/,
    )
    expect(dry.stdout).toContain('  + create bus         usage\n')
    expect(bindTarget('--check').status).toBe(9)
  })

  it('changes nothing where nobody can be asked, and names --yes', () => {
    const ran = bindTarget()

    expect({status: ran.status, stdout: ran.stdout}).toEqual({status: 2, stdout: ''})
    expect(ran.stderr).toContain('--yes')
    expect(bindTarget('--check').status).toBe(9)
  })

  it('says where a pattern is wrong before it calls anything', () => {
    const ran = runTool(['bind-target', '--pattern', '{"source":[}', '--json'])

    expect(ran.status).toBe(2)
    expect(JSON.parse(ran.stdout)).toMatchObject({
      error: {code: 'BAD_PATTERN', message: expect.stringContaining('line 1, column 12') as string},
    })
  })

  it('refuses a target that it cannot bind', () => {
    const ran = bindTarget('--target', 'arn:aws:sns:eu-west-1:000000000000:topic', '--yes')

    expect(ran.status).toBe(2)
    expect(ran.stderr).toContain('deliverystream/NAME')
  })
})
