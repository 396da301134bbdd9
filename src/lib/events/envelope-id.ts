/** The id that the bus gave to an event, of the event as JSON text; empty for text that is none. */
export function envelopeId(text: string): string {
  try {
    return String((JSON.parse(text) as {id?: unknown} | null)?.id)
  } catch {
    return ''
  }
}
