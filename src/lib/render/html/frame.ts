import {escapeHtml} from './escape'
import {style} from './style'

/**
 * A page that stands by itself: it asks nothing of any network, runs no script, and its policy forbids both, whatever its data
 * says. `title` is text; `content` is HTML. Ends with a line break.
 */
export function frame(title: string, content: readonly string[]): string {
  const [before, after] = framed(title)
  return [...before, ...content, ...after, ''].join('\n')
}

/** What stands before the content of such a page, and behind it: lines. */
export function framed(title: string): [before: string[], after: string[]] {
  const before = [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">`,
    '<meta name="color-scheme" content="light dark">',
    `<title>${escapeHtml(title)}</title>`,
    `<style>${style}\n</style>`,
    '</head>',
    '<body>',
    '<main>',
  ]
  return [before, ['</main>', '</body>', '</html>']]
}
