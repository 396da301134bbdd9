import type {Shape} from './shape'

/**
 * When texts are a choice, which a schema names as an enum: 2 to 10 different words, seen at least 1,000 times together and 20 times
 * each. A value that none of them is, and that is as frequent as the rarest of them, would have been missed with a likelihood of
 * e^-20; so the set is closed as far as events can tell. One word alone says nothing of what else there may be. Identities
 * are never a choice.
 */
const fewestWords = 2
const mostWords = 10
const fewestSightings = 1000
const fewestOfEach = 20

/** Letters and joining signs. White space makes it free text; a digit an id, a version or a measure. Both are open sets. */
const word = /^[A-Za-z][A-Za-z_.:/-]{0,31}$/

/** Whether a text could be one of a choice. */
export function isWord(text: string): boolean {
  return text.length <= 32 && word.test(text)
}

/** The words of a place of which only `text` was seen so far; undefined where it is none. */
export function firstWords(text: string): Shape['words'] {
  return isWord(text) ? new Map([[text, {count: 1}]]) : undefined
}

/** Counts a further text of a place whose words are not settled. True where the schema of the place says something else by it. */
export function addWord(shape: Shape, words: NonNullable<Shape['words']>, text: string): boolean {
  const known = words.get(text)
  if (known) {
    known.count += 1
    return false
  }
  // A choice that one value disproved does not come back: the set was not closed, and would not be with one word more.
  const {isChoice} = shape
  if (!isChoice && words.size < mostWords && isWord(text)) {
    words.set(text, {count: 1})
    return false
  }
  shape.words = undefined
  shape.isChoice = false
  return isChoice
}

function isEvident(words: NonNullable<Shape['words']>): boolean {
  const counts = [...words.values()].map(({count}) => count)
  const sightings = counts.reduce((sum, count) => sum + count, 0)
  return (
    words.size >= fewestWords &&
    sightings >= fewestSightings &&
    counts.every((count) => count >= fewestOfEach)
  )
}

/** `id`, `customerId`, `service_name`: what stands there are identities, an open set however few of them there are so far. */
const identity = /(?:^|[^A-Za-z])(?:id|name|key)$|(?:Id|ID|Name|Key)$/

/**
 * Makes choices of all words, at this place and below, for which the evidence is there by now. True where there are new ones.
 * `key` is the property that the place is under.
 */
export function settleChoices(shape: Shape, key = ''): boolean {
  let isNew = isNewChoice(shape, key)
  if (isNew) shape.isChoice = true
  for (const property of shape.object?.order ?? []) {
    if (settleChoices(property.shape, property.key)) isNew = true
  }
  for (const below of [shape.object?.rest, shape.array?.items]) {
    if (below && settleChoices(below, key)) isNew = true
  }
  return isNew
}

function isNewChoice({isChoice, words}: Shape, key: string): boolean {
  return !isChoice && words !== undefined && !identity.test(key) && isEvident(words)
}

/** The words of two places seen as one. A choice of one of them stays one where the other's words are among it. */
export function mergeWords(a: Shape, b: Shape): Pick<Shape, 'words' | 'isChoice'> {
  const open = {words: undefined, isChoice: false}
  const words = a.text === undefined ? b.words : b.text === undefined ? a.words : undefined
  if (words) return {words, isChoice: a.isChoice || b.isChoice}
  if (!a.words || !b.words) return open
  const merged = new Map(a.words)
  for (const [text, {count}] of b.words) merged.set(text, {count: count + (a.words.get(text)?.count ?? 0)})
  const isSaid = [a, b].filter(({isChoice}) => isChoice).every(({words: said}) => said?.size === merged.size)
  if (merged.size > mostWords || !isSaid) return open
  return {words: merged, isChoice: a.isChoice || b.isChoice}
}
