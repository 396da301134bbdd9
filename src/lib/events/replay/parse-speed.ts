import {OpError} from '../../core/errors'

/** `10x`, `0.5x`, or the number alone, as a factor; undefined for undefined. Throws `BAD_SPEED` (usage). */
export function parseSpeed(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const [, number] = /^(\d{1,6}(?:\.\d{1,6})?)x?$/i.exec(text.trim()) ?? []
  const factor = Number(number)
  if (factor > 0) return factor
  throw new OpError('usage', 'BAD_SPEED', `"${text}" is not a speed.`, {
    hint: 'Write 1x for the speed at which the events came, 10x for ten times that.',
  })
}
