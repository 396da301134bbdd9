/**
 * A text as the name of a component: its words (runs of ASCII letters and digits), each with a capital first letter.
 * `EC2 Instance State-change Notification` becomes `EC2InstanceStateChangeNotification`, `tenant` becomes `Tenant`.
 * A text without any letter or digit of ASCII becomes `Event`.
 */
export function pascalName(text: string): string {
  const words = text.match(/[0-9A-Za-z]+/g) ?? []
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('') || 'Event'
}

/**
 * The name under which a discoverer stores the schema of an event: `SOURCE@DetailType`, for example
 * `aws.ec2@EC2InstanceStateChangeNotification`. What a schema name may not hold (all but letters, digits, `.`, `-`, `_`)
 * becomes `-` in the source.
 */
export function schemaName(source: string, detailType: string): string {
  return `${source.replace(/[^0-9A-Za-z_.-]/g, '-')}@${pascalName(detailType)}`
}
