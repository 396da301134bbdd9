import {billedBytes, costSentence, scanCost, scanPrice, sumOfCosts} from '../../../src/lib/reports/scan-cost'

describe('what a scan costs', () => {
  it('is billed by the megabyte, ten of them at least, and nothing for nothing', () => {
    expect([0, 1, 10_000_000, 10_000_001, 12_345_678].map(billedBytes)).toEqual([
      ...[0, 10_000_000, 10_000_000, 11_000_000, 13_000_000],
    ])
  })

  it('takes the price of the list, or that of most regions, and says which', () => {
    expect(scanPrice('eu-west-1')).toEqual({perTb: '5', currency: 'USD', basis: 'list'})
    expect(scanPrice('sa-east-1')).toEqual({perTb: '5', currency: 'USD', basis: 'assumed'})
    expect(scanPrice('sa-east-1', {pricePerTb: '9.00'})).toEqual({
      perTb: '9.00',
      currency: 'USD',
      basis: 'given',
    })
  })

  it('knows no price in China, where it is another currency, unless it is given', () => {
    expect(scanPrice('cn-north-1')).toBeUndefined()
    expect(scanCost(10_000_000, scanPrice('cn-north-1'))).toBeUndefined()
    expect(scanPrice('cn-north-1', {pricePerTb: '34.34'})).toMatchObject({currency: 'CNY', basis: 'given'})
  })

  it('is exact, whatever the size', () => {
    const price = scanPrice('x', {pricePerTb: '6.75'})

    expect(scanCost(billedBytes(9_007_199_254_740_000), price)).toMatchObject({amount: '60798.594971'})
    expect(sumOfCosts([scanCost(10_000_000, price), undefined, scanCost(11_000_000, price)])).toMatchObject({
      amount: '0.000142',
      billedBytes: 21_000_000,
    })
  })

  it('is said in words, for the place where it was scanned', () => {
    const known = {scannedBytes: 4096, scanCost: scanCost(10_000_000, scanPrice('us-east-1'))}
    const assumed = {scannedBytes: 4096, scanCost: scanCost(10_000_000, scanPrice('sa-east-1'))}

    expect(costSentence(known, {region: 'us-east-1'})).toBe(
      'The scan costs about 0.000050 USD at 5 USD a terabyte (list price of us-east-1)',
    )
    expect(costSentence(known, {region: 'us-east-1', endpoint: 'http://127.0.0.1:1'})).toMatch(
      /^On AWS the scan would cost about 0\.000050 USD/,
    )
    expect(costSentence(assumed, {region: 'sa-east-1'})).toContain(
      'list price of most regions; athena.pricePerTb in usage-tracker.yaml says that of sa-east-1',
    )
    expect(costSentence({scannedBytes: 0, scanCost: known.scanCost}, {region: 'us-east-1'})).toBeUndefined()
    expect(
      costSentence({scannedBytes: 1, scanCost: scanCost(0, scanPrice('us-east-1'))}, {region: 'us-east-1'}),
    ).toBe('Nothing is billed by bytes: the workgroup has provisioned capacity')
  })
})
