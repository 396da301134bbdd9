import {toRegExp} from '../check/ajv'
import type {Chance} from './chance'

/** Makes a text that a pattern matches; nothing where the pattern is beyond what can be made. */
export type PatternTexts = (
  pattern: string,
  chance: Chance,
  fits: (text: string) => boolean,
) => string | undefined

const batchSize = 60

/**
 * Texts for the patterns of schemas. Loads the library that makes them, so call it only for a schema that has patterns. Patterns that look ahead or behind are
 * beyond it.
 */
export async function patternTexts(): Promise<PatternTexts> {
  const {sample, stringMatching} = await import('fast-check')
  function batch(pattern: string, chance: Chance): string[] {
    const seed = chance.below(2 ** 31)
    // A pattern that is not anchored matches anywhere; the text is to be the match and nothing around it.
    for (const source of [`^(?:${pattern})$`, pattern]) {
      try {
        const expression = toRegExp(source, 'u')
        return sample(stringMatching(expression), {numRuns: batchSize, seed}).filter((text) =>
          expression.test(text),
        )
      } catch {
        continue
      }
    }
    return []
  }
  const ready = new Map<string, string[]>()
  return (pattern, chance, fits) => {
    let texts = ready.get(pattern) ?? []
    if (texts.length < batchSize / 4) texts = batch(pattern, chance)
    ready.set(pattern, texts)
    const plain = texts.filter((text) => fits(text) && /^[\x20-\x7e]*$/.test(text))
    const chosen = chance.pick(plain) ?? texts.find(fits) ?? texts[0]
    if (chosen !== undefined) texts.splice(texts.indexOf(chosen), 1)
    return chosen
  }
}
