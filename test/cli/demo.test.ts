import {readdirSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {Sandbox} from './run-tool'

let sandbox: Sandbox
beforeAll(() => {
  sandbox = new Sandbox()
})
afterAll(() => sandbox.close())

const demoFolders = () => readdirSync(tmpdir()).filter((name) => name.startsWith('usage-tracker-demo-'))

describe('demo', () => {
  it('goes from nothing to a bill that counts a copy once, and leaves nothing behind', async () => {
    const before = demoFolders()

    const {exitCode, stdout} = await sandbox.run(['demo', '--json', '--quiet'])

    const answer = JSON.parse(stdout) as {
      events: object
      billing: {rows: {calls: number}[]; totals: object; duplicateCount: number}
      features: {totals: object; duplicateCount: number}
    }
    expect(exitCode).toBe(0)
    expect(Object.keys(answer)).toEqual(['events', 'billing', 'features'])
    expect(answer.events).toMatchObject({readCount: 2001, acceptedCount: 2001, rejectedCount: 0})
    expect(answer.billing).toMatchObject({duplicateCount: 1, totals: {calls: 2000, currency: 'EUR'}})
    expect(answer.billing.rows.reduce((sum, row) => sum + row.calls, 0)).toBe(2000)
    expect(answer.features).toMatchObject({duplicateCount: 1, totals: {calls: 2000}})
    expect(demoFolders()).toEqual(before)
  })
})
