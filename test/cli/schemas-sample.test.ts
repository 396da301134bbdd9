import {join} from 'node:path'
import {writeFileSync} from 'node:fs'
import {temporaryFolder} from '../_helpers/endpoint'
import {runTool} from '../_helpers/tool'

const tool = (words: string[], input = '') => runTool(['schemas', ...words], {input})
const lines = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)

it('writes as many lines as are asked for, the same for one seed, and they conform', () => {
  const [first, again] = [1, 2].map(() => tool(['sample', 'usage-event', '--count', '200', '--seed', '5']))
  expect(first).toEqual(again)
  expect(first).toMatchObject({status: 0, stderr: ''})
  expect(lines(first?.stdout ?? '')).toHaveLength(200)
  expect(tool(['validate', 'usage-event', '-'], first?.stdout)).toMatchObject({
    status: 0,
    stdout: '200 events against usage-event: 200 conform, 0 do not.\n',
  })
})

it('says the seed that it took, so that the same can be had again', () => {
  const {stdout, stderr} = tool(['sample', 'usage-event'])
  const [, seed = ''] = /^The same again: --seed (\d+)\n$/.exec(stderr) ?? []
  expect(tool(['sample', 'usage-event', '--seed', seed]).stdout).toBe(stdout)
})

it('answers one object under --json, and keeps the range of times', () => {
  const file = join(temporaryFolder(), 'at.json')
  writeFileSync(file, JSON.stringify({type: 'string', format: 'date-time'}))
  const {stdout} = tool([
    'sample',
    file,
    '--json',
    '--seed',
    '1',
    '--from',
    '2020-02-02',
    '--to',
    '2020-02-03',
  ])
  expect(JSON.parse(stdout)).toEqual({
    schema: {name: 'at', file},
    seed: 1,
    samples: [expect.stringMatching(/^2020-02-02T/)],
  })
})

it('refuses what allows nothing, and names the reason', () => {
  const file = join(temporaryFolder(), 'never.json')
  writeFileSync(file, JSON.stringify({type: 'integer', minimum: 3, maximum: 2}))
  const {status, stdout, stderr} = tool(['sample', file, '--seed', '1'])
  expect([status, stdout]).toEqual([2, ''])
  expect(stderr).toMatch(/^Error: No value was found that never allows; of the last one \$ must be /)
})
