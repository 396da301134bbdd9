import {fieldWarnings, planText} from '../../../src/lib/lake/compact/compact-text'
import {nothingSeen} from '../../../src/lib/lake/fields/learn-fields'

const plan = {engine: 'athena', batchCount: 1, objectCount: 2, sizeBytes: 3e6, ...nothingSeen} as const

describe('what a compaction says of fields', () => {
  it('is which columns it would make, and of what', () => {
    const newColumns = [
      {field: 'tenant', column: 'tenant', type: 'string', events: 1200},
      {field: 'billing.regionCode', column: 'billing_region_code', type: 'string', events: 1},
    ]

    expect(planText({...plan, newColumns}).split('\n')).toEqual([
      'Would compact 2 raw objects (3 MB) in 1 batches.',
      'Would make 2 columns for fields that no column has:',
      '  + tenant string (seen in 1,200 events)',
      '  + billing_region_code string of billing.regionCode (seen in 1 event)',
    ])
    expect(planText(plan)).toBe('Would compact 2 raw objects (3 MB) in 1 batches.')
  })

  it('is a warning for each that columns do not hold, and of many a few', () => {
    const finding = {field: 'a', column: 'a bigint', seen: 'text', events: 2, finding: 'queries see NULL'}
    const findings = Array.from({length: 22}, () => finding)

    expect(fieldWarnings({...plan, lookedAt: 10, fieldFindings: [finding]})).toEqual([
      'a (column a bigint): text in 2 of 10 events looked at, queries see NULL',
    ])
    expect(fieldWarnings({...plan, lookedAt: 10, fieldFindings: findings}).slice(20)).toEqual([
      '2 more fields are not held by columns; --json names all.',
    ])
  })
})
