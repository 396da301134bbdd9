/** A name for a replay that starts now: `usage-tracker-20261101T120000Z`. Names count for 90 days after a replay's end. */
export function replayName(now: number): string {
  return `usage-tracker-${new Date(now).toISOString().replace(/[-:]|\.\d+/g, '')}`
}
