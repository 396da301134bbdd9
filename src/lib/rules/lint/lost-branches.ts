import {parseExact} from '../../core/json'
import {describeLost, firstDifference} from '../../pattern/branches/describe-lost'
import type {LostBranch, Pattern} from '../../pattern/pattern'
import type {EventShape} from '../../pattern/solve/event-shape'
import {findMissed} from '../../pattern/solve/find-missed'
import type {Finding} from './finding'

/** Branches of `$or` that EventBridge forgets, or may forget, each with an event that the rule misses by it. */
export function findLost(rules: string[], pattern: Pattern, shape: EventShape): Finding[] {
  return pattern.lost.map((lost) => {
    const missed = findMissed(pattern, lost, shape)
    const {path, position} = firstDifference(lost)?.own ?? {}
    const what = lost.isSure ? 'The rule misses what' : 'The rule would miss what'
    const harm = missed === undefined ? 'No event was found that' : what
    return {
      kind: 'lost-branch',
      severity: 'warning',
      rules,
      ...(path === undefined ? {} : {path}),
      ...position,
      message: `${describeLost(lost)}. ${harm} only that branch matches.`,
      hint: missed === undefined ? 'Leave the branch out.' : remedyOf(lost),
      ...(missed === undefined ? {} : {event: parseExact(missed)}),
    }
  })
}

/** What leaves the meaning as it is written and nothing to be taken for something else. */
function remedyOf({branch, earlier}: LostBranch): string {
  const different = [...branch.values()].filter(({path, source}) => earlier.get(path)?.source !== source)
  const [only] = different
  return different.length === 1 && only !== undefined
    ? `Make one branch of the two, with the alternatives of both in ${only.path}.`
    : 'Give the branch one field more that no event has, under a name of its own: "branch 2": [{"exists": false}].'
}
