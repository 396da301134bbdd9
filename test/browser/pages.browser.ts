import {mkdirSync, readFileSync, rmSync} from 'node:fs'
import {join} from 'node:path'
import type {Browser} from 'playwright-core'
import {hostileName} from './events'
import {chartsOf, keep, open, openBrowser, overflowOf, violations} from './look'
import type {Look, Opened} from './look'
import {pages, undrawn, writePages} from './write-pages'

jest.setTimeout(600_000)

const folder = join(__dirname, '..', '..', '.peers', 'browser')
const looks: readonly Look[] = [
  {width: 1280, colours: 'light'},
  {width: 390, colours: 'light'},
  {width: 1280, colours: 'dark'},
]
const names = Object.keys(pages)
const drawn = names.filter((name) => !undrawn.includes(name))

let browser: Browser
let opened: Opened | undefined

const show = async (name: string, look: Look) => {
  opened = await open(browser, join(folder, `${name}.html`), look)
  return opened
}

beforeAll(async () => {
  rmSync(folder, {recursive: true, force: true})
  mkdirSync(folder, {recursive: true})
  await writePages(folder)
  browser = await openBrowser()
})
afterEach(async () => {
  await opened?.close()
  opened = undefined
})
afterAll(() => browser.close())

describe.each(names)('the page %s', (name) => {
  it.each(looks)(
    'is quiet, fits, and is accessible at $width pixels in $colours mode',
    async ({width, colours}) => {
      const {page, troubles} = await show(name, {width, colours})

      expect(await overflowOf(page)).toBe(0)
      await keep(page, folder, `${name}-${width}-${colours}`)
      expect(await violations(page)).toEqual([])
      expect(troubles).toEqual([])
    },
  )

  it('is printed dark on light, with all of each table', async () => {
    const {page, troubles} = await show(name, {width: 1280, colours: 'dark'})
    await page.emulateMedia({media: 'print'})
    await page.setViewportSize({width: 718, height: 1000})

    expect(await page.evaluate(`getComputedStyle(document.documentElement).backgroundColor`)).toBe(
      'rgb(255, 255, 255)',
    )
    expect(await page.evaluate(`getComputedStyle(document.body).color`)).toBe('rgb(26, 32, 39)')
    expect(
      await page.evaluate(
        `[...document.querySelectorAll('.scroll')].every((box) => getComputedStyle(box).overflowX === 'visible')`,
      ),
    ).toBe(true)
    await keep(page, folder, `${name}-print`)
    const path = join(folder, `${name}.pdf`)
    await page.pdf({path, format: 'A4'})
    expect(readFileSync(path).subarray(0, 5).toString()).toBe('%PDF-')
    expect(troubles).toEqual([])
  })

  it('has one heading of the first rank, and a caption and heads in every table', async () => {
    const {page} = await show(name, {width: 1280, colours: 'light'})

    expect(await page.locator('h1').count()).toBe(1)
    const tables = await page.locator('table').count()
    expect(tables).toBeGreaterThan(0)
    expect(await page.locator('table > caption').count()).toBe(tables)
    expect(await page.locator('thead th:not([scope=col]), tbody th:not([scope=row])').count()).toBe(0)
  })
})

describe.each(drawn)('the charts of the page %s', (name) => {
  it('are drawn, inside their frames, whatever the width', async () => {
    for (const width of [1280, 390] as const) {
      const {page, close} = await show(name, {width, colours: 'light'})
      const charts = await chartsOf(page)

      expect(charts.length).toBeGreaterThan(0)
      for (const {title, marks, outside} of charts) {
        expect([title, marks > 0, outside]).toEqual([title, true, []])
      }
      await close()
    }
  })

  it('follow the colours of the reader', async () => {
    const light = await show(name, {width: 1280, colours: 'light'})
    const ofLight = await chartsOf(light.page)
    await light.close()
    const ofDark = await chartsOf((await show(name, {width: 1280, colours: 'dark'})).page)

    expect(ofLight.map(({fill}) => fill)).not.toContain(ofDark[0]?.fill)
    expect(ofDark).toHaveLength(ofLight.length)
  })
})

describe('names that are markup', () => {
  it.each(['billing', 'customers', 'invoices', 'own-query'])('are text on the page %s', async (name) => {
    const {page, troubles} = await show(name, {width: 1280, colours: 'light'})

    expect(await page.getByText(hostileName, {exact: false}).count()).toBeGreaterThan(0)
    expect(await page.locator('img, script, iframe, object, embed, a, form').count()).toBe(0)
    expect(await page.locator('style').count()).toBe(1)
    expect(troubles).toEqual([])
  })

  it('would neither run nor be fetched if they were markup: the policy of the page forbids both', async () => {
    const {page, troubles} = await show('billing', {width: 1280, colours: 'light'})
    await page.evaluate(`new Promise((resolve) => {
      document.addEventListener('securitypolicyviolation', ({effectiveDirective}) => resolve(effectiveDirective))
      document.body.insertAdjacentHTML('beforeend', ${JSON.stringify(hostileName)})
    })`)

    expect(troubles.join('\n')).toMatch(/Content Security Policy/)
    expect(troubles.filter((trouble) => /^(dialog|error)/.test(trouble))).toEqual([])
  })
})
