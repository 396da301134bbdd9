import type {DeliveryOutcome, DeliveryRequest, Platform} from '../../platform'
import {archiveKey} from './archives/archive-row'
import type {ArchivedEvents} from './archives/archived-events'
import {forwardTo} from './forward'
import type {Tables} from './rows'
import type {RuleIndex} from './rule-index'

/** Takes events for what EventBridge has itself: archives, each through its rule, and other buses. */
export function deliverTo(
  platform: Platform,
  tables: Tables,
  rules: RuleIndex,
  archived: ArchivedEvents,
): (request: DeliveryRequest) => DeliveryOutcome {
  const forward = forwardTo(platform, tables, rules)
  return (request) => {
    const [, name] = /:archive\/([^/]+)$/.exec(request.targetArn) ?? []
    if (name === undefined) return forward(request)
    const archive = tables.archives.get(archiveKey(request.region, name))
    // Deleted while the events were on their way.
    if (!archive) return {}
    return archived.take(
      archive,
      request.deliveries.map(({body}) => body),
    )
  }
}
