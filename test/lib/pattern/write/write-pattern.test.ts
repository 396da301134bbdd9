import {parseWhere} from '../../../../src/lib/core/where'
import type {PatternRequest} from '../../../../src/lib/pattern/write/build-pattern'
import {isUnderContract, writePattern} from '../../../../src/lib/pattern/write/write-pattern'
import {usageEventFields} from '../../../../src/lib/usage-event/fields'

const contract = {detailType: 'api-usage-event', fields: usageEventFields()}

function write(conditions: string[], rest: PatternRequest = {}) {
  return writePattern({...rest, where: conditions.map(parseWhere)}, contract)
}

describe('writePattern', () => {
  it('reads values as the contract of usage events has them', () => {
    expect(write(['detail.customer.id=42', 'detail.response.status=500']).pattern).toEqual({
      detail: {customer: {id: ['42']}, response: {status: [500]}},
    })
  })

  it('reads values as they stand where the pattern is for other events', () => {
    expect(write(['detail.customer.id=42'], {detailTypes: ['order-placed']}).pattern).toEqual({
      'detail-type': ['order-placed'],
      detail: {customer: {id: [42]}},
    })
  })

  it.each([
    ['detail.customer.plann=pro', 'detail.customer.plan'],
    ['detail.Customer.id=1', 'detail.customer.id'],
    ['detail.status=500', 'detail.response.status'],
    ['detail.customer.id.x=1', 'detail.customer.id'],
  ])('warns of %s and names the nearest field', (condition, meant) => {
    const [path] = condition.split('=')

    expect(write([condition]).warnings).toEqual([
      `${path} is not in the contract of usage events: only events whose producer adds it have it. Did you mean ${meant}?`,
    ])
  })

  it.each([
    ['status>=500', 'detail.response.status'],
    ['customer.id=1', 'detail.customer.id'],
    ['detailtype=x', 'detail-type'],
  ])('warns of %s, which is not in the envelope', (condition, meant) => {
    const {path} = parseWhere(condition)

    expect(write([condition], {detailTypes: ['order-placed']}).warnings[0]).toMatch(
      new RegExp(`^${path} is not a field of an EventBridge event: no event has it.`),
    )
    expect(write([condition]).warnings).toEqual([
      `${path} is not a field of an EventBridge event: no event has it. Did you mean ${meant}?`,
    ])
  })

  it('says nothing of attributes, of known fields and of other events', () => {
    expect(write(['detail.attributes.coupon=X', 'detail.feature=a', 'region=b']).warnings).toEqual([])
    expect(write(['detail.bucket.name=x'], {sources: ['aws.s3']}).warnings).toEqual([])
  })

  it('names no field where none is near', () => {
    expect(write(['detail.zzzzzzzzzzzzzzzzzzz=1']).warnings).toEqual([
      'detail.zzzzzzzzzzzzzzzzzzz is not in the contract of usage events: only events whose producer adds it have it.',
    ])
  })

  it('formats the pattern', () => {
    expect(write(['detail.test=false']).text).toBe('{\n  "detail": {\n    "test": [false]\n  }\n}')
  })
})

describe('isUnderContract', () => {
  it.each([
    [{}, true],
    [{detailTypes: ['api-usage-event']}, true],
    [{detailTypes: ['api-usage-event', 'order-placed']}, false],
    [{where: [parseWhere('detail-type=order-placed')]}, false],
    [{sources: ['my-applications']}, true],
    [{sources: ['aws.ec2']}, false],
    [{sources: ['aws.ec2'], detailTypes: ['api-usage-event']}, true],
  ])('says of %j: %s', (request, expected) => {
    expect(isUnderContract(request, 'api-usage-event')).toBe(expected)
  })
})
