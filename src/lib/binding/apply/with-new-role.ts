import {sdkErrorName} from '../../aws/map-sdk-error'
import {waitUntil} from '../../aws/wait'
import {messageOf} from '../../core/errors'
import type {ApplyContext} from './apply-context'

/** IAM is eventually consistent; other services usually see a new role after about ten seconds. */
const propagationMs = 60_000

/**
 * Makes a call that hands a role to a service. Where a role was made or changed just before, the service's refusal of
 * it is tried again for a minute. Throws the last refusal when the time is up, and any other error at once.
 */
export async function withNewRole<T>(
  context: ApplyContext,
  doing: string,
  call: () => Promise<T>,
): Promise<T> {
  if (!context.rolesChanged) return call()
  const endsAt = context.now() + propagationMs
  const attempt = async (): Promise<{answer: T} | undefined> => {
    try {
      return {answer: await call()}
    } catch (error) {
      if (isRoleRefusal(error) && context.now() < endsAt) return undefined
      throw error
    }
  }
  const {now, sleep, signal} = context
  const options = {now, sleep, signal, timeoutMs: propagationMs + 1, firstDelayMs: 1_000, waitingFor: doing}
  return (await waitUntil(attempt, options)).answer
}

/** "Firehose is unable to assume role ...", "Provided role ... cannot be assumed by principal 'events.amazonaws.com'". */
function isRoleRefusal(error: unknown): boolean {
  const names = ['InvalidArgumentException', 'ValidationException', 'InvalidParameterValueException']
  return names.includes(sdkErrorName(error) ?? '') && /\brole\b/i.test(messageOf(error))
}
