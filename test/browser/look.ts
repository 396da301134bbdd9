import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {chromium} from 'playwright-core'
import type {Browser, Page} from 'playwright-core'

/** The browser that `npm run test:browser` found. */
export function openBrowser(): Promise<Browser> {
  const executablePath = process.env['CHROMIUM']
  if (executablePath === undefined) throw new Error('npm run test:browser finds the browser')
  // The sandbox of Chromium needs a user that is not root.
  return chromium.launch({executablePath, chromiumSandbox: process.getuid?.() !== 0})
}

export interface Look {
  width: 1280 | 390
  colours: 'light' | 'dark'
}

/** A page that is open, and what it did beside being there: lines on the console, errors, dialogs, and wishes for anything but itself. */
export interface Opened {
  page: Page
  troubles: string[]
  close(): Promise<void>
}

/** Opens a file as a reader would: on a screen of that width, in light or dark mode, without a network. */
export async function open(browser: Browser, file: string, {width, colours}: Look): Promise<Opened> {
  const context = await browser.newContext({
    viewport: {width, height: width === 390 ? 844 : 900},
    colorScheme: colours,
    offline: true,
  })
  const page = await context.newPage()
  const troubles: string[] = []
  const url = `file://${file}`
  page.on('console', (message) => troubles.push(`console: ${message.text()}`))
  page.on('pageerror', (error) => troubles.push(`error: ${error.message}`))
  page.on('request', (request) => request.url() !== url && troubles.push(`request: ${request.url()}`))
  page.on('dialog', (dialog) => {
    troubles.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  await page.goto(url)
  return {page, troubles, close: () => context.close()}
}

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')

/** What axe has against the page: rule and elements, by the rules of WCAG 2.2 A and AA and its own best practice. Nothing is what it should be. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  return page.evaluate<string[]>(
    `axe.run(document).then(({violations}) => violations.flatMap(({id, nodes}) => nodes.map(({html}) => id + ': ' + html)))`,
  )
}

/** How far the page is wider than its window. */
export function overflowOf(page: Page): Promise<number> {
  return page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth')
}

export interface DrawnChart {
  title: string
  /** Marks that can be seen. */
  marks: number
  /** Marks and numbers that stand outside of the chart's frame. */
  outside: string[]
  /** Colour of the first mark. */
  fill: string
}

/** The charts of the page as they are drawn. */
export function chartsOf(page: Page): Promise<DrawnChart[]> {
  return page.evaluate<DrawnChart[]>(`[...document.querySelectorAll('figure')].map((figure) => {
    const frame = figure.getBoundingClientRect()
    const bars = [...figure.querySelectorAll('svg[role=img] .bar')]
    const isOutside = (one) => {
      const box = one.getBoundingClientRect()
      return box.left < frame.left || box.right > frame.right + 0.5 || box.top < frame.top || box.bottom > frame.bottom
    }
    const seen = bars.filter((bar) => {
      const box = bar.getBoundingClientRect()
      return box.width > 0.5 && box.height > 0.5
    })
    const kept = [...bars, ...figure.querySelectorAll('text[text-anchor], text.soft, .track, .grid')]
    return {
      title: figure.querySelector('h2').textContent,
      marks: seen.length,
      outside: kept.filter(isOutside).map((one) => one.outerHTML),
      fill: bars.length > 0 ? getComputedStyle(bars[0]).fill : '',
    }
  })`)
}

/** Keeps a picture of the whole page. */
export async function keep(page: Page, folder: string, name: string): Promise<void> {
  await page.screenshot({path: join(folder, `${name}.png`), fullPage: true})
}
