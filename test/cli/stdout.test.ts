import {spawn} from 'node:child_process'
import {join} from 'node:path'
import {Sandbox, root} from './run-tool'

let sandbox: Sandbox
beforeAll(() => {
  sandbox = new Sandbox()
})
afterAll(() => sandbox.close())

describe('stdout', () => {
  it('may be closed by its reader without a complaint', async () => {
    const child = spawn(process.execPath, [join(root, 'bin', 'run.js'), '--help'], {
      env: {PATH: process.env['PATH'], HOME: sandbox.home},
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let stderr = ''
    child.stderr.on('data', (data: Buffer) => (stderr += data.toString()))
    child.stdout.destroy()

    const exitCode = await new Promise((resolve) => child.on('close', resolve))

    expect({exitCode, stderr}).toEqual({exitCode: 0, stderr: ''})
  })

  it('has no stack trace of an error, and stderr has one only with DEBUG=usage-tracker', async () => {
    const plain = await sandbox.run(['local', 'advance', 'soon'])
    const debug = await sandbox.run(['local', 'advance', 'soon'], {DEBUG: 'usage-tracker'})

    expect(plain.stderr).not.toContain('    at ')
    expect(debug.stderr).toContain('    at ')
    expect(debug.stdout).toBe('')
  })
})
