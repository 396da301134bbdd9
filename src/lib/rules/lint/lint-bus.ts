import type {Pattern} from '../../pattern/pattern'
import type {BoundRule} from '../deployed-rule'

import type {Finding} from './finding'

/** What counts of a rule here. */
type BusRule = Pick<BoundRule, 'name' | 'enabled' | 'targetArns'>

/** EventBridge's default quotas; an account may have others. */
const ruleQuota = 300
const wildcardRuleQuota = 30
const targetQuota = 5

function usesWildcard(pattern: Pattern): boolean {
  return pattern.branches.some((branch) =>
    [...branch.values()].some(({alternatives}) =>
      alternatives.some(
        (test) =>
          test.kind === 'wildcard' || (test.kind === 'anything-but' && test.excluded.of === 'wildcard'),
      ),
    ),
  )
}

function exceeded(rules: string[], message: string): Finding {
  return {kind: 'quota', severity: 'warning', rules, message, hint: 'Ask AWS for a higher quota.'}
}

/** Default quotas of a bus that its rules go beyond, and rules that send nowhere. */
export function lintBus(rules: readonly BusRule[], patterns: readonly Pattern[]): Finding[] {
  const findings: Finding[] = []
  if (rules.length > ruleQuota) {
    findings.push(exceeded([], `The bus has ${rules.length} rules; ${ruleQuota} is the default quota.`))
  }
  const wildcardCount = patterns.filter(usesWildcard).length
  if (wildcardCount > wildcardRuleQuota) {
    const message = `${wildcardCount} rules of the bus use wildcard; ${wildcardRuleQuota} is the default quota.`
    findings.push(exceeded([], message))
  }
  for (const {name, targetArns, enabled} of rules) {
    if (targetArns.length > targetQuota) {
      const message = `The rule has ${targetArns.length} targets; ${targetQuota} is the default quota.`
      findings.push(exceeded([name], message))
    }
    if (enabled && targetArns.length === 0) {
      const message = 'The rule has no target: what it matches goes nowhere.'
      findings.push({kind: 'no-target', severity: 'warning', rules: [name], message})
    }
  }
  return findings
}
