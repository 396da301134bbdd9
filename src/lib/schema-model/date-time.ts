const form =
  /^(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

/** Whether a text is an RFC 3339 date-time with `T` and an offset or `Z`, of a day that exists. Leap seconds are not taken for one. */
export function isDateTime(text: string): boolean {
  // The shortest is 2026-11-22T10:00:00Z; the test of one character spares the expression for most texts.
  if (text.length < 20 || text[10] !== 'T') return false
  const match = form.exec(text)
  return match !== null && Number(match[3]) <= daysIn(Number(match[1]), Number(match[2]))
}
