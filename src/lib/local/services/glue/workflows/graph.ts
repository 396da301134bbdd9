import {createHash} from 'node:crypto'
import type {Action, Condition, Edge, Node, WorkflowGraph} from '@aws-sdk/client-glue'
import {toTrigger} from '../triggers/to-trigger'
import type {TriggerRow} from '../work-tables'

/** What a node shows of a run, by what it stands for. */
export type NodeDetails = (of: Action) => Pick<Node, 'JobDetails' | 'CrawlerDetails'>

/** Triggers, and the jobs and crawlers that they watch and start, as a graph. */
export function graphOf(triggers: readonly TriggerRow[], detailsOf: NodeDetails): WorkflowGraph {
  const nodes = new Map<string, Node>()
  const edges: Edge[] = []
  const idOf = (type: 'TRIGGER' | 'JOB' | 'CRAWLER', name: string, details: () => Partial<Node>): string => {
    const id = `wnode_${createHash('sha256').update(`${type} ${name}`).digest('hex')}`
    if (!nodes.has(id)) nodes.set(id, {Type: type, Name: name, UniqueId: id, ...details()})
    return id
  }
  const workId = (work: Action | Condition): string => {
    const {JobName, CrawlerName} = work
    const details = () => detailsOf({JobName, CrawlerName})
    return JobName === undefined ? idOf('CRAWLER', CrawlerName ?? '', details) : idOf('JOB', JobName, details)
  }
  for (const trigger of triggers) {
    const {Actions: actions = [], Predicate: predicate} = trigger.definition
    const id = idOf('TRIGGER', trigger.name, () => ({TriggerDetails: {Trigger: toTrigger(trigger)}}))
    for (const condition of predicate?.Conditions ?? [])
      edges.push({SourceId: workId(condition), DestinationId: id})
    for (const action of actions) edges.push({SourceId: id, DestinationId: workId(action)})
  }
  return {Nodes: [...nodes.values()], Edges: edges}
}
