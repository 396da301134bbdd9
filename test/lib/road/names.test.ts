import fc from '../../_helpers/properties'
import {deliveryRoleName, queuePolicySid, targetRoleName} from '../../../src/lib/road/names'
import type {RoadSettings} from '../../../src/lib/road/settings'

const settings = {
  region: 'eu-west-1',
  bus: 'usage',
  rule: 'api-usage',
  stream: 'usage-events',
} as RoadSettings
const name = (maxLength: number): fc.Arbitrary<string> =>
  fc.stringMatching(new RegExp(`^[/.\\-_A-Za-z0-9]{1,${maxLength}}$`))

describe('role names', () => {
  it('say what the role is for', () => {
    expect(deliveryRoleName(settings)).toBe('usage-tracker-eu-west-1-usage-events-delivery')
    expect(targetRoleName(settings)).toBe('usage-tracker-eu-west-1-usage-api-usage-target')
  })

  it('fit into IAM, however long the names they come from', () => {
    fc.assert(
      fc.property(name(256), name(64), (bus, rule) => {
        expect(targetRoleName({...settings, bus, rule})).toMatch(/^[\w+=,.@-]{1,64}$/)
      }),
    )
  })

  it('stay different where they are cut', () => {
    const long = 'a'.repeat(64)

    expect(targetRoleName({...settings, rule: `${long}1`})).not.toBe(
      targetRoleName({...settings, rule: `${long}2`}),
    )
  })
})

describe('queuePolicySid', () => {
  it('keeps to what SQS takes, and to one Sid per rule', () => {
    const one = queuePolicySid({...settings, rule: 'a.b'})

    expect(one).toMatch(/^[A-Za-z0-9_-]{1,80}$/)
    expect(one).not.toBe(queuePolicySid({...settings, rule: 'a-b'}))
  })
})
