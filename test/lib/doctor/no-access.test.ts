import {OpError} from '../../../src/lib/core/errors'
import {withoutAccess} from '../../../src/lib/doctor/no-access'

describe('without access', () => {
  it('the credentials are broken, with the way to mend them, and nothing else was looked at', () => {
    const error = new OpError('denied', 'ACCOUNT_MISMATCH', 'The configuration pins another account.', {
      hint: 'Choose another --profile.',
    })

    const [first, ...others] = withoutAccess(error)

    expect(first).toEqual({
      hop: 'credentials',
      status: 'broken',
      reason: 'The configuration pins another account.',
      remedy: 'Choose another --profile.',
    })
    expect(new Set(others.map(({status, reason}) => `${status}: ${reason}`))).toEqual(
      new Set(['skipped: Not looked at: credentials must be mended first.']),
    )
  })
})
