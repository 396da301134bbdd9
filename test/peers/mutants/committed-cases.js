/**
 * Runs the committed cases, `test/lib/pattern/cases.test.ts` as it is, and the tests beside it of what an outcome does not
 * show: where a pattern is refused, and which branches are lost.
 */
const assert = require('node:assert')
const {join} = require('node:path')
const {isDeepStrictEqual} = require('node:util')
const {loader, within} = require('./modules')

const room = join(__dirname, '..', '..', 'lib', 'pattern')
const testFiles = ['cases', 'parse-pattern', 'read-pattern', 'branches/lost-branches'].map((name) =>
  join(room, `${name}.test.ts`),
)

/** What the cases use of jest, in a quick form; the other tests get the real one. */
function expectQuickly(actual) {
  const check = (holds) => assert.ok(holds)
  return {
    toBe: (expected) => check(Object.is(actual, expected)),
    toEqual: (expected) => check(isDeepStrictEqual(actual, expected)),
    toBeGreaterThan: (expected) => check(actual > expected),
  }
}

const describe = (name, tests) => tests()
const it = (name, test) => test()
it.each = (table) => (name, test) => table.forEach((row) => (Array.isArray(row) ? test(...row) : test(row)))

/** Runs all of them; throws on the first one that fails. */
function runAll(changed) {
  for (const file of testFiles) {
    const expect = file === testFiles[0] ? expectQuickly : require('expect').expect
    loader(changed, {describe, it, expect})(file)
  }
}

/**
 * Whether the committed cases notice that a file has another text: one fails, or they do not end within `timeout`
 * milliseconds.
 */
exports.areNoticed = function areNoticed(changed, timeout) {
  try {
    within(timeout, () => runAll(changed))
    return false
  } catch {
    return true
  }
}
