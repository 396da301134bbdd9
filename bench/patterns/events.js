const account = '123456789012'

/**
 * `count` usage events as a bus delivers them, one line of JSON each, some 840 bytes; always the same ones.
 * `sampleUsageEvents` is the tool's own.
 */
exports.eventLines = (sampleUsageEvents, count) => {
  const from = Date.UTC(2026, 10, 1)
  const samples = sampleUsageEvents({seed: 7, count, from, to: from + 86_400_000})
  return Array.from(samples, (detail, index) =>
    JSON.stringify({
      version: '0',
      id: detail.eventId.replace('-8', '-9'),
      'detail-type': 'api-usage-event',
      source: index % 4 === 0 ? 'my-applications.billing' : 'my-applications',
      account,
      time: `${detail.occurredAt.slice(0, 19)}Z`,
      region: 'eu-west-1',
      resources: [],
      detail,
    }),
  )
}
