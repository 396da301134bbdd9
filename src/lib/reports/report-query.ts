import {knownEvents} from './as-of'
import {askedSql} from './conditions'
import {copySql} from './copies'
import type {ReportDefinition, ReportOptions} from './define-report'
import type {SqlSource} from './load-sql'

/** What completes a canned query. */
export interface ReportQuery {
  /** In place of its `{{placeholders}}`. */
  names: Record<string, string | SqlSource>
  /** Values of its parameters, in order. */
  values: string[]
}

/** A canned query begins with the parameters of the partitions and of the range in which copies are sought, where it does not say otherwise. */
const sharedCount = 4

/**
 * A report's query over `events`: what the report itself binds, and what is asked of every report alike, the arrivals that are known and the conditions. They stand
 * where the view's rows come in and where the copy that counts is known, so no query knows of a flag. Pure.
 */
export function reportQuery<Options extends ReportOptions>(
  definition: ReportDefinition<Options>,
  options: Options,
  events: SqlSource,
): ReportQuery {
  const known = knownEvents(events, options)
  const asked = askedSql(options.conditions ?? [], definition.fields?.(options))
  const values = definition.bind(options)
  const {leadingCount = sharedCount} = definition
  return {
    names: {...definition.names?.(options), ...asked.names, ...copySql(options.from), events: known.source},
    values: [
      ...known.values,
      ...values.slice(0, leadingCount),
      ...asked.values,
      ...values.slice(leadingCount),
    ],
  }
}
