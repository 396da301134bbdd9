import {OpError} from '../../../src/lib/core/errors'
import type {Check, DoctorContext} from '../../../src/lib/doctor/check'
import {broken, ok} from '../../../src/lib/doctor/finding'
import type {Finding} from '../../../src/lib/doctor/finding'
import {runChecks} from '../../../src/lib/doctor/run-checks'

const context = {} as DoctorContext

function check(hop: string, after: string[], run: () => Promise<Finding>): Check {
  return {hop, after, permissions: ['glue:GetTable'], run}
}

const failing = (code: string, kind: 'denied' | 'service' | 'interrupted') => async () => {
  throw new OpError(kind, code, 'The words of the service.')
}

describe('checks', () => {
  it('that wait for a broken one are skipped and name it, also through others', async () => {
    const found = await runChecks(
      [
        check('a', [], async () => broken('no')),
        check('b', [], async () => ok('yes')),
        check('c', ['a', 'b'], async () => ok('never')),
        check('d', ['c'], async () => ok('never')),
      ],
      context,
    )
    expect(found).toEqual([
      {hop: 'a', status: 'broken', reason: 'no'},
      {hop: 'b', status: 'ok', reason: 'yes'},
      {hop: 'c', status: 'skipped', reason: 'Not looked at: a must be mended first.'},
      {hop: 'd', status: 'skipped', reason: 'Not looked at: a must be mended first.'},
    ])
  })

  it('whose service fails are skipped with its words, and those behind them still run', async () => {
    const found = await runChecks(
      [check('a', [], failing('SERVICE_FAILED', 'service')), check('b', ['a'], async () => ok('yes'))],
      context,
    )
    expect(found).toEqual([
      {hop: 'a', status: 'skipped', reason: 'The words of the service.'},
      {hop: 'b', status: 'ok', reason: 'yes'},
    ])
  })

  it('that may not look name the permissions that they need', async () => {
    const [found] = await runChecks([check('a', [], failing('ACCESS_DENIED', 'denied'))], context)
    expect(found).toEqual({
      hop: 'a',
      status: 'skipped',
      reason: 'You may not look at it; that takes glue:GetTable. The words of the service.',
    })
  })

  it('that do not understand an answer are skipped', async () => {
    const run = async () => {
      throw new TypeError('x is not iterable')
    }
    const [found] = await runChecks([check('a', [], run)], context)
    expect(found).toMatchObject({hop: 'a', status: 'skipped'})
  })

  it('end when they are interrupted', async () => {
    const run = runChecks([check('a', [], failing('INTERRUPTED', 'interrupted'))], context)
    await expect(run).rejects.toMatchObject({code: 'INTERRUPTED'})
  })
})
