/** How the records of an object look to a reader of lines. */
export type RecordsVerdict =
  | {kind: 'lines'; eventCount: number}
  /** Records stand one behind the other without a line break: Athena reads the first of each line. */
  | {kind: 'concatenated'}
  | {kind: 'empty'}
  | {kind: 'not-json'; line: number}
  /** JSON, but not an EventBridge event: a target's input setting has changed it. */
  | {kind: 'not-event'; line: number; missing: readonly string[]}

const eventKeys = ['detail-type', 'source', 'detail']

/** Looks at the beginning of an object; the last line may be cut short and is not judged unless it is the only one. Pure. */
export function judgeRecords(text: string): RecordsVerdict {
  const lines = text.split('\n')
  const whole = lines.length > 1 ? lines.slice(0, -1) : lines
  let eventCount = 0
  for (const [index, line] of whole.entries()) {
    if (line.trim() === '') continue
    const endsAt = endOfFirstValue(line)
    if (endsAt !== undefined && line.slice(endsAt).trim() !== '') return {kind: 'concatenated'}
    const value = endsAt === undefined ? undefined : parsed(line)
    if (value === undefined) return {kind: 'not-json', line: index + 1}
    const missing = eventKeys.filter((key) => !Object.hasOwn(value, key))
    if (missing.length > 0) return {kind: 'not-event', line: index + 1, missing}
    eventCount++
  }
  return eventCount === 0 ? {kind: 'empty'} : {kind: 'lines', eventCount}
}

function parsed(line: string): object | undefined {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined
  }
}

/** Where the object that a line begins with ends; undefined where it does not begin with one, or does not end. */
function endOfFirstValue(line: string): number | undefined {
  let depth = 0
  let inString = false
  for (let i = 0; i < line.length; i++) {
    const character = line[i]
    if (inString) {
      if (character === '\\') i++
      else if (character === '"') inString = false
    } else if (character === '"') inString = true
    else if (character === '{' || character === '[') depth++
    else if (character === '}' || character === ']') {
      depth--
      if (depth === 0) return i + 1
    }
  }
  return undefined
}
