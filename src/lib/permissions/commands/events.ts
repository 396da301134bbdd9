import type {Permission} from '../permission'

/** Whatever puts events on the bus. */
export const sending: readonly Permission[] = [
  {to: 'see that the bus is there', actions: ['events:DescribeEventBus'], on: ['bus']},
  {to: 'send the events', actions: ['events:PutEvents'], on: ['bus']},
]
