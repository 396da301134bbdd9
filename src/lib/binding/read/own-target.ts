import type {Target} from '@aws-sdk/client-eventbridge'
import type {Road} from '../../road/road'

/**
 * The target of the rule that this binding is about: the one that already sends to the stream, else the one with our
 * id. A second target to the same stream would write every event twice.
 */
export function ownTarget(road: Road, targets: readonly Target[]): Target | undefined {
  return targets.find((t) => t.Arn === road.target.arn) ?? targets.find((t) => t.Id === road.target.id)
}
