import {Flags} from '@oclif/core'

/** Flags of every report. */
export const reportFlags = {
  from: Flags.string({
    summary: 'billing time from here on: ISO, today, yesterday, -7d, -12h [default: start of the month]',
    helpValue: 'TIME',
  }),
  to: Flags.string({summary: 'billing time before this [default: now]', helpValue: 'TIME'}),
  month: Flags.string({summary: 'a whole month: YYYY-MM, this, last', helpValue: 'MONTH'}),
  limit: Flags.integer({summary: 'rows before the rest becomes one row, (others)', min: 1, helpValue: 'N'}),
  'include-test': Flags.boolean({summary: 'count events that are marked as tests too'}),
  format: Flags.string({
    summary: 'form of the answer',
    options: ['table', 'json', 'csv', 'markdown'],
    default: 'table',
  }),
}
