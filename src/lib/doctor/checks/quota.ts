import type {Check} from '../check'
import {broken, ok, warn} from '../finding'
import type {Finding} from '../finding'
import type {Reads} from '../reads'

/** EventBridge quotas: "Rules: 300 per event bus" (100 in some regions; can be raised) and "Targets per rule: 5". */
const rulesPerBus = 300
const targetsPerRule = 5
/** From here on a new rule soon will not fit. */
const nearlyFull = 270

/** Whether the bus is filled to the default quota. Fewer rules are seen to fit, more show that the quota was raised. */
export async function isBusFull(reads: Reads): Promise<boolean> {
  return (await reads.rules()).length === rulesPerBus
}

/** What is there already can keep the road's own rule and target out. */
export const quota: Check = {
  hop: 'quota',
  after: ['bus'],
  permissions: ['events:ListRules', 'events:ListTargetsByRule'],
  run: async ({reads, road, commands}) => {
    const [rules, targets, target, rule, isFull] = await Promise.all([
      reads.rules(),
      reads.targets(),
      reads.target(),
      reads.rule(),
      isBusFull(reads),
    ])
    const {name, bus} = road.rule
    if (isFull && !rule) {
      const list = commands.aws('events', 'list-rules', '--event-bus-name', bus)
      return broken(
        `Bus ${bus} has ${rules.length} rules, the quota of a bus, and ${name} is not among them. ` +
          `Delete one that nobody needs (${list}), or have the quota "Rules" raised in Service Quotas; then bind.`,
        commands.bind(),
      )
    }
    if (targets.length >= targetsPerRule && !target) {
      const words = ['events', 'list-targets-by-rule', '--rule', name, '--event-bus-name', bus]
      return broken(
        `Rule ${name} has ${targets.length} targets, as many as a rule may have, and the road's is not among them. ` +
          `Remove one that nobody needs (${commands.aws(...words)}), then bind.`,
        commands.bind(),
      )
    }
    return countsOf(bus, rules.length, targets.length)
  },
}

function countsOf(bus: string, ruleCount: number, targetCount: number): Finding {
  const counts = `Bus ${bus} has ${ruleCount} of ${rulesPerBus} rules, the rule ${targetCount} of ${targetsPerRule} targets.`
  return ruleCount >= nearlyFull && ruleCount <= rulesPerBus
    ? warn(
        `${counts} Soon no rule will fit.`,
        'Have the quota "Rules" of EventBridge raised in Service Quotas.',
      )
    : ok(counts)
}
