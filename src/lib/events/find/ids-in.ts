/** Those of the ids that an event has, as its `eventId` or as the id that the bus gave. Text that is no event has none. */
export function idsIn(text: string, ids: ReadonlySet<string>): {eventId?: string; id?: string} | undefined {
  try {
    const event = JSON.parse(text) as {id?: unknown; detail?: {eventId?: unknown} | null} | null
    const [eventId, id] = [event?.detail?.eventId, event?.id].map((value) =>
      typeof value === 'string' ? value : '',
    )
    if (!ids.has(eventId ?? '') && !ids.has(id ?? '')) return undefined
    return {...(eventId ? {eventId} : {}), ...(id ? {id} : {})}
  } catch {
    return undefined
  }
}
