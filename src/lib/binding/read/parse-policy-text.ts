/** A policy document from JSON text. Text that is no JSON stays text: it equals no policy, so it is replaced. */
export function parsePolicyText(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}
