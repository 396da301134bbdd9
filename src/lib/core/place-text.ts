/** Where a command works, as plans and reports name it: account, region and endpoint. */
export function placeText(place: {accountId: string; region: string; endpoint?: string | undefined}): string {
  return `account ${place.accountId}, region ${place.region}, endpoint ${place.endpoint ?? 'AWS'}`
}
