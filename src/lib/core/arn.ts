import {OpError} from './errors'

export interface Arn {
  partition: string
  service: string
  region: string
  accountId: string
  resource: string
}

/** The partition that a region belongs to: `cn-*` is aws-cn, `us-gov-*` is aws-us-gov, everything else aws. */
export function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn'
  if (region.startsWith('us-gov-')) return 'aws-us-gov'
  return 'aws'
}

/** `arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE`, the partition taken from `partition` or else from the region. */
export function formatArn(arn: Omit<Arn, 'partition'> & {partition?: string | undefined}): string {
  const partition = arn.partition ?? partitionOf(arn.region)
  return `arn:${partition}:${arn.service}:${arn.region}:${arn.accountId}:${arn.resource}`
}

/** The parts of an ARN, or undefined where the text is none. The resource keeps its own colons. */
export function tryParseArn(text: string): Arn | undefined {
  const [prefix, partition, service, region, accountId, ...resource] = text.split(':')
  if (prefix !== 'arn' || !partition || !service || resource.length === 0) return undefined
  return {partition, service, region: region ?? '', accountId: accountId ?? '', resource: resource.join(':')}
}

/** The parts of an ARN. Throws `BAD_ARN` (usage) where the text is none. */
export function parseArn(text: string): Arn {
  const arn = tryParseArn(text)
  if (!arn) {
    throw new OpError('usage', 'BAD_ARN', `"${text}" is not an ARN.`, {
      hint: 'An ARN looks like arn:aws:firehose:eu-west-1:111122223333:deliverystream/usage-events.',
    })
  }
  return arn
}
