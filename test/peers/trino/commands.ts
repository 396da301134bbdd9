import {join} from 'node:path'

const hourMs = 3_600_000
const dayMs = 24 * hourMs

/** Words of a command of the tool; those of its range are put behind them. */
export interface Command {
  words: string[]
  /** Hours from the first arrival to the start and the end of the range; days around all events unless said. */
  hours?: [number, number]
  /** Words of a command that is run before; then the command is asked for no range. */
  after?: string[]
}

const billed = ['report', 'billing', '--json', '--prices', join(__dirname, 'prices.yaml')]
const report = (...words: string[]): Command => ({words: ['report', ...words, '--json']})
const find = (...words: string[]): Command => ({words: ['events', 'find', ...words]})

/** Every report with each of its splits, over several ranges, and what `events find` can be asked for. */
export const commands: readonly Command[] = [
  report('billing'),
  {...report('billing'), hours: [3, 4]},
  {...report('billing'), hours: [0.003_429_1, 3.000_000_3]},
  ...['day', 'line', 'meter'].map((by) => ({words: [...billed, '--by', by]})),
  {words: [...billed, '--invoice', 'customer-0001', '--drill', '1']},
  // The month before the events is closed, so that the next one looks for what came late.
  {words: [...billed, '--month', 'this'], after: [...billed, '--month', 'last', '--close', '--yes']},
  {words: [...billed, '--as-of', '-2d', '--where', 'detail.response.status >= 400', '--feature', 'payments']},
  report('features'),
  report('features', '--customer', "o'hara", '--where', 'detail.feature like *a*', '--sort', 'users:desc'),
  report('features', '--limit', '4', '--include-test'),
  ...['customer', 'user', 'service'].map((by) => report('features', '--by', by, '--limit', '20')),
  report('features', '--by', 'day', '--timezone', 'Asia/Kathmandu'),
  report('features', '--by', 'service', '--service', 'ünï-api'),
  report('bottlenecks'),
  report('customers', '--at-risk', '10', '--include-test'),
  ...['feature', 'customer', 'service', 'route', 'operation'].map((by) =>
    report('trending', '--by', by, '--min-calls', '1'),
  ),
  {...report('customers'), hours: [3, 6]},
  report('reconcile', '--by', 'service'),
  {...report('reconcile', '--late-after', '1m', '--lookback', '1d'), hours: [1, 4]},
  report('reconcile', '--by', 'service', '--service', 'payments-api'),
  report('reconcile', '--by', 'service', '--where', 'detail.response.status >= 400'),
  find('e-17', 'e-1', '00000000-0000-4000-8000-000000000002', 'é-1', 'nowhere', "o'hara"),
  find('--customer', "o'hara", '--feature', 'payments'),
  find('--customer', '日本', '--feature', '\uffee'),
  find('--user', 'ü'),
  find('--service', 'ünï-api'),
  {...find('--customer', 'customer-0003 '), hours: [0, 3]},
]

/** What a command is called in a test. */
export function nameOf({words, hours}: Command): string {
  const shown = words.map((word) => word.replace(__dirname, '').replace(/^\//, ''))
  return [...shown, ...(hours ? [`(hours ${hours.join(' to ')})`] : [])].join(' ')
}

/** The words of a command with its range, for a lake whose first events arrived at `from` (milliseconds since 1970). */
export function wordsOf({words, hours, after}: Command, from: number): string[] {
  if (after) return words
  const time = (ms: number) => new Date(Math.round(ms)).toISOString()
  const [start, end] = hours
    ? [from + hours[0] * hourMs, from + hours[1] * hourMs]
    : [from - 2 * dayMs, from + 3 * dayMs]
  return [...words, '--from', time(start), '--to', time(end)]
}
