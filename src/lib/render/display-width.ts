// Marks that stand on the character before them take no room; East Asian wide characters and emoji take two cells
// (Unicode Standard Annex 11, in ranges).
const ZERO = /[\p{Mn}\p{Me}\u200b-\u200d\ufe00-\ufe0f]/u
const WIDE =
  /[\p{Emoji_Presentation}\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]/u
// The common case, which needs no look at each character.
const ASCII = /^[\x20-\x7e]*$/

/** The number of terminal cells that a text takes. */
export function displayWidth(text: string): number {
  if (ASCII.test(text)) return text.length
  let width = 0
  for (const character of text) width += ZERO.test(character) ? 0 : WIDE.test(character) ? 2 : 1
  return width
}

/** The text, cut with `…` where it takes more cells than there are. */
export function fitText(text: string, cells: number): string {
  if (displayWidth(text) <= cells) return text
  let [cut, width] = ['', 0]
  for (const character of text) {
    width += displayWidth(character)
    if (width > cells - 1) break
    cut += character
  }
  return `${cut}…`
}
