import {busNames} from '../read/read-rules'
import {asPlanned, isMade} from './question'
import type {Question} from './question'

/** Events that are sent to another bus never reach a new one, so a bus is not made beside others unasked. */
export const askBus: Question = async ({clients, asker, open}, planned) => {
  const {name} = planned.road.bus
  if (!open.bus || !isMade(planned, 'bus')) return undefined
  const others = (await busNames(clients)).filter((bus) => bus !== 'default')
  if (others.length === 0) return undefined
  const bus = await asker.choose(`Bus ${name} is not there. Which bus are usage events sent to?`, [
    {value: asPlanned, name: `${name}, which is made`},
    ...[...others, 'default'].map((other) => ({value: other, name: other})),
  ])
  return bus === asPlanned ? undefined : {settings: {bus}, flags: ['--bus', bus]}
}
