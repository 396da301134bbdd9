import {addDecimals, groupDigits, multiplyDecimals, roundDecimal} from '../core/money'
import type {Decimal} from '../core/money'

/** What Athena takes for what its queries scan. */
export interface ScanPrice {
  perTb: Decimal
  /** `USD`. */
  currency: string
  /** `list`: AWS's price of the region; `given`: the configuration says it; `assumed`: that of most regions, because nobody says the region's. */
  basis: 'list' | 'given' | 'assumed'
}

/** What a user says of the price, in the configuration. */
export interface GivenPrice {
  pricePerTb?: Decimal
  currency?: string
}

/** What scanning costs about: without taxes, discounts, and what S3 and Glue take for their requests. */
export interface ScanCost {
  /** Six decimals. */
  amount: Decimal
  currency: string
  pricePerTb: Decimal
  basis: ScanPrice['basis']
  billedBytes: number
}

/** Regions of which this is AWS's price, as its price list has it. Others may have another: some are known to take more. */
const listed = {
  perTb: '5',
  regions: new Set([
    ...['us-east-1', 'us-east-2', 'us-west-2', 'eu-west-1', 'eu-central-1'],
    ...['ap-northeast-1', 'ap-southeast-1'],
  ]),
}

const megabyte = 1_000_000
/** Each query counts so many bytes at least ("Amazon Athena pricing"). */
const leastBytes = 10 * megabyte

/**
 * The price of a terabyte in a region: the one that is given, else that of AWS's list, else that of most regions. Undefined in China, where AWS takes
 * another currency and a price of its own, unless it is given. Pure.
 */
export function scanPrice(region: string, given: GivenPrice = {}): ScanPrice | undefined {
  const isChina = region.startsWith('cn-')
  const {pricePerTb, currency = isChina ? 'CNY' : 'USD'} = given
  if (pricePerTb !== undefined) return {perTb: pricePerTb, currency, basis: 'given'}
  if (isChina) return undefined
  return {perTb: listed.perTb, currency: 'USD', basis: listed.regions.has(region) ? 'list' : 'assumed'}
}

/** The bytes that one query is billed for: rounded up to the megabyte, ten at least. A query that scans nothing is billed for nothing. */
export function billedBytes(scannedBytes: number): number {
  if (scannedBytes === 0) return 0
  return Math.max(leastBytes, Math.ceil(scannedBytes / megabyte) * megabyte)
}

/**
 * What billed bytes cost about; undefined where nobody knows the price. A terabyte is taken as 10^12 bytes: AWS does not say whether it is 2^40, with which it
 * would be a tenth less.
 */
export function scanCost(bytes: number, price: ScanPrice | undefined): ScanCost | undefined {
  if (!price) return undefined
  const {perTb, currency, basis} = price
  const exact = multiplyDecimals(multiplyDecimals(String(bytes), perTb), '0.000000000001')
  return {
    amount: roundDecimal(exact, 6, 'half-up'),
    ...{currency, pricePerTb: perTb, basis, billedBytes: bytes},
  }
}

/** The cost of several queries at one price; of those whose cost is known. */
export function sumOfCosts(costs: readonly (ScanCost | undefined)[]): ScanCost | undefined {
  const known = costs.filter((cost) => cost !== undefined)
  const [first] = known
  return (
    first && {
      ...first,
      amount: roundDecimal(addDecimals(known.map(({amount}) => amount)), 6, 'half-up'),
      billedBytes: known.reduce((sum, one) => sum + one.billedBytes, 0),
    }
  )
}

/** `0.000050 USD at 5 USD a terabyte (list price of us-east-1)`. */
export function costText({amount, currency, pricePerTb, basis}: ScanCost, region: string): string {
  const whose = {
    list: `list price of ${region}`,
    given: 'price of the configuration',
    assumed: `list price of most regions; athena.pricePerTb in usage-tracker.yaml says that of ${region}`,
  }
  return `${groupDigits(amount)} ${currency} at ${pricePerTb} ${currency} a terabyte (${whose[basis]})`
}

/** What a user is told of the cost of what was scanned, as a sentence without its end; undefined where there is nothing to say. */
export function costSentence(
  {scannedBytes, scanCost: cost}: {scannedBytes: number; scanCost?: ScanCost | undefined},
  {region, endpoint}: {region: string; endpoint?: string | undefined},
): string | undefined {
  if (!cost || scannedBytes === 0) return undefined
  if (cost.billedBytes === 0) return 'Nothing is billed by bytes: the workgroup has provisioned capacity'
  const verb = endpoint === undefined ? 'The scan costs' : 'On AWS the scan would cost'
  return `${verb} about ${costText(cost, region)}`
}
