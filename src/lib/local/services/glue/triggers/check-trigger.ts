import type {Action, Condition, TriggerType, TriggerUpdate} from '@aws-sdk/client-glue'
import {notEmulated} from '../../../service-error'
import {invalidInput} from '../errors'
import {refuse} from '../input'

const jobStates = ['SUCCEEDED', 'STOPPED', 'FAILED', 'TIMEOUT', 'ERROR']
const crawlStates = ['SUCCEEDED', 'CANCELLED', 'FAILED', 'ERROR']

/** Checks a trigger's definition against its kind. Throws `InvalidInputException`. */
export function checkTrigger(type: TriggerType | undefined, definition: TriggerUpdate): void {
  if (type !== 'ON_DEMAND' && type !== 'CONDITIONAL') {
    throw notEmulated(`A trigger of the type ${type ?? ''}`, 'InvalidInputException')
  }
  refuse(definition, ['Schedule', 'EventBatchingCondition'])
  const {Actions: actions = [], Predicate: predicate} = definition
  checkActions(actions)
  const conditions = predicate?.Conditions ?? []
  if (type === 'ON_DEMAND' && conditions.length > 0) {
    throw invalidInput('An ON_DEMAND trigger cannot have a predicate.')
  }
  if (type === 'CONDITIONAL' && conditions.length === 0) {
    throw invalidInput('A CONDITIONAL trigger must have a predicate with conditions.')
  }
  if (conditions.length > 1 && predicate?.Logical === undefined) {
    throw invalidInput('Logical must be given where there are several conditions.')
  }
  conditions.forEach(checkCondition)
}

function checkActions(actions: readonly Action[]): void {
  if (actions.length === 0) throw invalidInput('Actions must not be empty.')
  for (const action of actions) {
    if ((action.JobName === undefined) === (action.CrawlerName === undefined)) {
      throw invalidInput('An action must name either a job or a crawler.')
    }
    refuse(action, ['SecurityConfiguration', 'NotificationProperty'])
  }
}

function checkCondition({LogicalOperator: operator, ...condition}: Condition): void {
  const {JobName: job, State: state, CrawlerName: crawler, CrawlState: crawlState} = condition
  if ((operator ?? 'EQUALS') !== 'EQUALS')
    throw invalidInput(`LogicalOperator ${operator ?? ''} is not EQUALS.`)
  if ((job === undefined) === (crawler === undefined)) {
    throw invalidInput('A condition must name either a job or a crawler.')
  }
  const isGood = job === undefined ? crawlStates.includes(crawlState ?? '') : jobStates.includes(state ?? '')
  if (!isGood) throw invalidInput(`${state ?? crawlState ?? 'No state'} is no state to wait for.`)
}
