const NUMBER = /^\d+$/
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i
/** At least eight digits, and one that is not a letter: words of the letters a to f stay words. */
const HEX = /^(?=.*\d)(?:0x)?[0-9a-f]{8,}$/i
const DATE = /^\d{4}[-_.]\d{1,2}(?:[-_.]\d{1,2})?$/

/** The route of a path: segments that are numbers, UUIDs, hexadecimal ids or dates become `{id}`. No query string. */
export function foldRoute(path: string): string {
  return path
    .split('/')
    .map((segment) => (isId(segment) ? '{id}' : segment))
    .join('/')
}

function isId(segment: string): boolean {
  return NUMBER.test(segment) || UUID.test(segment) || HEX.test(segment) || DATE.test(segment)
}
