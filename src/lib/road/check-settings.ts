import {OpError} from '../core/errors'
import {checkOptions} from './options'
import {busArnOf, queueArnOf} from './policies'
import type {RoadSettings} from './settings'

interface NameRule {
  setting: 'bus' | 'rule' | 'stream' | 'bucket' | 'database' | 'workgroup' | 'dlq'
  /** What the name is of, as a sentence has it. */
  what: string
  flag: string
  pattern: RegExp
  rule: string
}

/** The services' own rules for names, each as its API reference gives it; the database's are Athena's, which are narrower. */
const nameRules: readonly NameRule[] = [
  {
    setting: 'bus',
    what: 'event bus',
    flag: '--bus',
    pattern: /^[/.\-_A-Za-z0-9]{1,256}$/,
    rule: '1 to 256 letters, digits, dots, hyphens, underscores and slashes; not an ARN',
  },
  {
    setting: 'rule',
    what: 'rule',
    flag: '--rule',
    pattern: /^[.\-_A-Za-z0-9]{1,64}$/,
    rule: '1 to 64 letters, digits, dots, hyphens and underscores',
  },
  {
    setting: 'stream',
    what: 'delivery stream',
    flag: '--firehose',
    pattern: /^[a-zA-Z0-9_.-]{1,64}$/,
    rule: '1 to 64 letters, digits, dots, hyphens and underscores',
  },
  {
    setting: 'bucket',
    what: 'bucket',
    flag: '--bucket',
    pattern: /^(?!.*\.\.)(?!\d+\.\d+\.\d+\.\d+$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
    rule: '3 to 63 lower-case letters, digits, dots and hyphens, beginning and ending with a letter or digit',
  },
  {
    setting: 'database',
    what: 'database',
    flag: '--database',
    pattern: /^[a-z0-9_]{1,255}$/,
    rule: '1 to 255 lower-case letters, digits and underscores',
  },
  {
    setting: 'workgroup',
    what: 'workgroup',
    flag: '--workgroup',
    pattern: /^[a-zA-Z0-9._-]{1,128}$/,
    rule: '1 to 128 letters, digits, dots, hyphens and underscores',
  },
  {
    setting: 'dlq',
    what: 'dead-letter queue',
    flag: '--dlq',
    pattern: /^[A-Za-z0-9_-]{1,80}$/,
    rule: '1 to 80 letters, digits, hyphens and underscores; a FIFO queue cannot be one',
  },
]

/**
 * Checks every name against the rules of its service before anything is called. Throws `BAD_NAME` (usage) naming the
 * flag, `TARGET_LOOP` and `TARGET_IS_DLQ` (usage), and what `checkOptions` throws. The pattern is `readPattern`'s to check.
 */
export function checkSettings(settings: RoadSettings): void {
  for (const {setting, what, flag, pattern, rule} of nameRules) {
    const name = settings[setting]
    if (name === undefined || pattern.test(name)) continue
    throw new OpError('usage', 'BAD_NAME', `"${name}" cannot be the name of the ${what}.`, {
      hint: `${flag} takes ${rule}.`,
    })
  }
  checkOptions(settings)
  refuseCircles(settings)
}

function refuseCircles(settings: RoadSettings): void {
  const {bus, dlq, targetArn} = settings
  if (targetArn === undefined) return
  if (targetArn === busArnOf(settings)) {
    throw new OpError(
      'usage',
      'TARGET_LOOP',
      `The target is the rule's own bus ${bus}: each event would come back for ever.`,
      {
        hint: 'Name another bus with --target or --bus.',
      },
    )
  }
  if (dlq !== undefined && targetArn === queueArnOf(settings, dlq)) {
    throw new OpError('usage', 'TARGET_IS_DLQ', `Queue ${dlq} is the target and its own dead-letter queue.`, {
      hint: 'Name another queue with --dlq.',
    })
  }
}
