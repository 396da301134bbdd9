import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {temporaryFolder} from '../_helpers/endpoint'
import {runTool} from '../_helpers/tool'

const failed = JSON.stringify({source: 'my-applications', detail: {response: {status: 502}}})
const fine = JSON.stringify({source: 'my-applications', detail: {response: {status: 200}}})
const serverErrors = '{"detail":{"response":{"status":[{"numeric":[">=",500]}]}}}'
const testOf = (words: string[], input: string, env: Record<string, string> = {}) =>
  runTool(['pattern', 'test', ...words], {input, env})

describe('pattern test with a pattern', () => {
  it('answers which events match, and of the others path, wanted and seen', () => {
    const {status, stdout} = testOf(['-', '--pattern', serverErrors, '--json'], `${failed}\n${fine}\n`)

    expect(status).toBe(9)
    expect(JSON.parse(stdout)).toEqual({
      matchedCount: 1,
      missedCount: 1,
      results: [
        {position: 'line 1', matched: true, misses: []},
        {
          position: 'line 2',
          matched: false,
          misses: [
            {
              path: 'detail.response.status',
              wanted: [{numeric: ['>=', 500]}],
              seen: 200,
              nearest: 500,
              why: expect.any(String) as string,
            },
          ],
        },
      ],
    })
  })

  it('shows a person the value seen and the nearest one that would have matched', () => {
    const {status, stdout} = testOf(['-', '--pattern', serverErrors], `${failed}\n${fine}\n`)

    expect(status).toBe(9)
    expect(stdout).toBe(
      'line 1: matches\nline 2: does not match\n' +
        '  detail.response.status is 200, which is outside of the range; the pattern wants a number of at least 500.\n' +
        '    would match: 500\n1 of 2 events matched.\n',
    )
  })

  it('ends with 0 when all match, and with --any when one does', () => {
    expect(testOf(['-', '--pattern', serverErrors], failed).status).toBe(0)
    expect(testOf(['-', '--pattern', serverErrors, '--any'], `${failed}\n${fine}`).status).toBe(0)
    expect(testOf(['-', '--pattern', serverErrors, '--any'], fine).status).toBe(9)
  })

  it('reads standard input where no file is named', () => {
    expect(testOf(['--pattern', serverErrors], `${failed}\n`)).toMatchObject({
      status: 0,
      stdout: 'line 1: matches\n1 of 1 events matched.\n',
    })
  })

  it('reads pattern and events from files, and needs no account', () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'pattern.json'), `\n${serverErrors}\n`)
    writeFileSync(join(folder, 'events.json'), `[${failed},${failed}]`)
    const {status, stdout} = runTool(['pattern', 'test', 'events.json', '--pattern', '@pattern.json'], {
      cwd: folder,
    })

    expect({status, stdout}).toEqual({
      status: 0,
      stdout: 'element 1: matches\nelement 2: matches\n2 of 2 events matched.\n',
    })
  })

  it('says where a pattern is wrong and what would be right', () => {
    const {status, stderr} = testOf(['-', '--pattern', '{"source":"a"}'], fine)

    expect(status).toBe(2)
    expect(stderr).toContain('at source (line 1, column 11): "source" must be an object or an array')
    expect(stderr).toContain('Try: ')
  })

  it.each([
    ['no event', '', 'NO_INPUT'],
    ['a line that is no JSON', `${fine}\n{"a`, 'BAD_EVENT'],
  ])('refuses %s', (_, input, code) => {
    const {status, stdout} = testOf(['-', '--pattern', serverErrors, '--json'], input)

    expect(status).toBe(2)
    expect(JSON.parse(stdout)).toMatchObject({error: {code}})
  })

  it('refuses a pattern beside a rule, unless a variable names the rule', () => {
    expect(testOf(['-', '--pattern', serverErrors, '--rule', 'a'], failed).status).toBe(2)
    expect(testOf(['-', '--pattern', serverErrors], failed, {USAGE_TRACKER_RULE: 'a'}).status).toBe(0)
  })

  it('strips what an event could do to a terminal', () => {
    const hostile = JSON.stringify({source: '\u202e\u009b31m\u001b[2J'})

    expect(testOf(['-', '--pattern', '{"source":["a"]}'], hostile).stdout).not.toMatch(/[\u001b\u009b\u202e]/)
  })
})

describe('a command that takes no input', () => {
  it('does not mistake what stands on standard input for its argument', () => {
    const {status, stdout} = runTool(['schemas', 'export'], {input: 'usage-event\n'})

    expect({status, stdout}).toEqual({status: 2, stdout: ''})
  })
})

describe('pattern lint on files', () => {
  const folder = temporaryFolder()
  const lint = (files: Record<string, string>, words: string[] = []) => {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
    return runTool(['pattern', 'lint', ...Object.keys(files), ...words], {cwd: folder})
  }

  it('finds nothing in sound patterns', () => {
    expect(lint({'a.json': serverErrors, 'b.json': '{"source":["my-applications"]}'})).toMatchObject({
      status: 0,
      stdout: '2 patterns checked: 0 errors, 0 warnings.\n',
    })
  })

  it('names file, place and remedy of an invalid one', () => {
    const {status, stdout} = lint({'bad.json': '{\n  "detail": {"a": []}\n}'})

    expect(status).toBe(9)
    expect(stdout).toContain(
      'error invalid bad.json: The event pattern is not valid at detail.a (line 2, column 20)',
    )
  })

  it('finds what no usage event can match, where the pattern asks for usage events', () => {
    const {status, stdout} = lint({
      'status.json': '{"detail-type":["api-usage-event"],"detail":{"response":{"status":["500"]}}}',
    })

    expect(status).toBe(9)
    expect(stdout).toContain('error dead status.json: detail.response.status')
  })

  it('counts warnings as errors only with --strict', () => {
    const covered = {'covered.json': '{"source":["abc",{"prefix":"a"}]}'}

    expect(lint(covered).status).toBe(0)
    expect(lint(covered, ['--strict']).status).toBe(9)
  })
})
