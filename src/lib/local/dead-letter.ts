import type {Route} from './parcel'
import type {DeliveryFailure} from './platform'

/**
 * The message attributes of a dead letter, as EventBridge writes them (all of type String). `RETRY_ATTEMPTS` is absent for
 * failures that are never retried, `EXHAUSTED_RETRY_CONDITION` stands only where retries ran out.
 */
export function deadLetterAttributes(
  route: Route,
  failure: DeliveryFailure,
  exhausted: string | undefined,
  retries: number,
): Record<string, string> {
  return {
    RULE_ARN: route.ruleArn,
    TARGET_ARN: route.targetArn,
    ERROR_CODE: failure.code,
    ERROR_MESSAGE: failure.message,
    ...(exhausted ? {EXHAUSTED_RETRY_CONDITION: exhausted} : {}),
    ...(failure.retryable ? {RETRY_ATTEMPTS: String(retries)} : {}),
  }
}

/** A dead letter is sent on behalf of the rule; its queue's policy must let the rule in. It is not retried nor dead-lettered again. */
export function deadLetterRoute(route: Route, queueArn: string): Route {
  return {
    ruleArn: route.ruleArn,
    targetArn: queueArn,
    roleArn: undefined,
    region: route.region,
    maximumRetryAttempts: 0,
  }
}
