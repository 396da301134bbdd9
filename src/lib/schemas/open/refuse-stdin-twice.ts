import {OpError} from '../../core/errors'

/** Standard input is one or the other. `file` is where events are read from, standard input unless given. Throws `STDIN_TWICE` (usage). */
export function refuseStdinTwice(schema: string, file = '-'): void {
  if (schema !== '-' || file !== '-') return
  throw new OpError('usage', 'STDIN_TWICE', 'Schema and events are both to be read from standard input.', {
    hint: 'Name a file for one of them.',
  })
}
