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
    summary: 'form of the answer; html is one page with charts',
    options: ['table', 'json', 'csv', 'markdown', 'html'],
    default: 'table',
  }),
  // Other forms have no room for it, and a page of HTML is drawn anyway.
  chart: Flags.boolean({
    summary: 'draw the rows below the table too',
    exclusive: ['json'],
    relationships: [
      {
        type: 'none',
        flags: [{name: 'format', when: async ({format}) => format !== 'table' && format !== 'html'}],
      },
    ],
  }),
}
