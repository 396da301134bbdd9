/** A piece of a template: text, or a placeholder with the place in which it stands. */
export type TemplatePart = string | {name: string; inString: boolean; isKey: boolean}

export interface InputTemplate {
  parts: readonly TemplatePart[]
  /** The template is a JSON object (its first character that is not blank is `{`), and not text in quotes. */
  isJson: boolean
}

const placeholder = /<([^<>]+)>/y

/** Reads an input template into text and placeholders (`<name>`; there is no escape for `<` and `>`). */
export function parseTemplate(text: string): InputTemplate {
  const parts: TemplatePart[] = []
  let inString = false
  let from = 0
  let at = 0
  while (at < text.length) {
    placeholder.lastIndex = at
    const name = placeholder.exec(text)?.[1]
    if (name !== undefined) {
      if (at > from) parts.push(text.slice(from, at))
      at = from = placeholder.lastIndex
      parts.push({name, inString, isKey: endsKey(text, at, inString)})
      continue
    }
    if (text[at] === '"') inString = !inString
    at += inString && text[at] === '\\' && /["\\]/.test(text[at + 1] ?? '') ? 2 : 1
  }
  if (from < text.length) parts.push(text.slice(from))
  return {parts, isJson: /^\s*\{/.test(text)}
}

/** The names of the template's placeholders, each once, in their order. */
export function placeholdersOf({parts}: InputTemplate): string[] {
  return [...new Set(parts.flatMap((part) => (typeof part === 'string' ? [] : [part.name])))]
}

/** Whether what stands here is a name of a member: in JSON nothing else is followed by a colon. */
function endsKey(text: string, at: number, inString: boolean): boolean {
  const rest = text.slice(at)
  return inString ? /^(?:[^"\\]|\\.)*"\s*:/s.test(rest) : /^\s*:/.test(rest)
}
