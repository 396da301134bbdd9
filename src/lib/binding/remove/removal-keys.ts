import type {Road} from '../../road/road'

/** The tag value of a binding that is removed. */
export function bindingKey(name: string): string {
  return `binding ${name}`
}

/** The own target of a rule that is removed from it. */
export function targetKey(rule: {bus: string; name: string}): string {
  return `target ${rule.bus}/${rule.name}`
}

/** A rule that is deleted. */
export function ruleKey(rule: {bus: string; name: string}): string {
  return `rule ${rule.bus}/${rule.name}`
}

/** A delivery stream that is deleted. */
export function streamKey(name: string): string {
  return `stream ${name}`
}

/** A table that is deleted. */
export function tableKey(table: Road['table']): string {
  return `table ${table.database}.${table.input.Name}`
}

/** A statement that is taken out of the policy of a queue or goes with it. */
export function statementKey(queue: string, sid: string): string {
  return `statement ${queue} ${sid}`
}
