import type {Check} from '../check'
import {broken, ok} from '../finding'
import {isBusFull} from './quota'

/** A rule that is not there or disabled takes no event off the bus, and nobody is told. */
export const rule: Check = {
  hop: 'rule',
  after: ['bus'],
  permissions: ['events:DescribeRule', 'events:ListRules'],
  run: async ({reads, road, commands}) => {
    const {name, bus} = road.rule
    const found = await reads.rule()
    if (!found) {
      const reason = `There is no rule ${name} on the bus ${bus}: every event on it is dropped.`
      // With a full bus binding would fail; what to do stands with the quota.
      return (await isBusFull(reads)) ? broken(`${reason} See quota.`) : broken(reason, commands.bind())
    }
    if (found.State !== 'DISABLED') return ok(`Rule ${name} is enabled.`)
    const reason = `Rule ${name} is disabled: every event that it would match is dropped.`
    if (found.ManagedBy === undefined) return broken(reason, commands.bind())
    const words = ['events', 'enable-rule', '--name', name, '--event-bus-name', bus]
    return broken(`${reason} It is managed by ${found.ManagedBy}.`, commands.aws(...words))
  },
}
