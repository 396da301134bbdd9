import type {Parcel, Route} from './parcel'

/** Which of the two limits of a retry policy ends the retries (185 attempts and 24 hours unless the target says otherwise). */
export function exhaustedCondition(
  route: Route,
  parcel: Parcel,
  attempts: number,
  now: number,
): 'MaximumRetryAttempts' | 'MaximumEventAgeInSeconds' | undefined {
  if (attempts > (route.maximumRetryAttempts ?? 185)) return 'MaximumRetryAttempts'
  const ageSeconds = (now - parcel.acceptedAt) / 1000
  return ageSeconds >= (route.maximumEventAgeInSeconds ?? 86_400) ? 'MaximumEventAgeInSeconds' : undefined
}
