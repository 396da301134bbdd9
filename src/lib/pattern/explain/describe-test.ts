import type {Excluded, Test} from '../pattern'
import {cut, shownList, shownText} from './shown-value'

/** Words for what a numeric range takes. */
function describeRange({lower, upper}: Extract<Test, {kind: 'numeric'}>): string {
  if (lower !== undefined && lower === upper) return `the number ${cut(lower.text)}`
  const from = lower && `${lower.inclusive ? 'of at least' : 'greater than'} ${cut(lower.text)}`
  const to = upper && `${upper.inclusive ? 'at most' : 'less than'} ${cut(upper.text)}`
  if (from !== undefined) return `a number ${from}${to === undefined ? '' : ` and ${to}`}`
  return `a number ${upper?.inclusive === true ? 'of ' : ''}${to ?? ''}`
}

function describeAffix({kind, value, ignoreCase}: Extract<Test, {kind: 'prefix' | 'suffix'}>): string {
  const verb = kind === 'prefix' ? 'starts' : 'ends'
  return `a text that ${verb} with ${shownText(value)}${ignoreCase ? ' in any case' : ''}`
}

function describeExcluded(excluded: Excluded): string {
  if (excluded.of === 'numbers') {
    return shownList(
      excluded.values.map(({text}) => cut(text)),
      'or',
    )
  }
  const values = shownList(excluded.values.map(shownText), 'or')
  switch (excluded.of) {
    case 'strings':
      return values
    case 'prefix':
      return `a text that starts with ${values}`
    case 'suffix':
      return `a text that ends with ${values}`
    case 'wildcard':
      return `a text like ${values}`
    case 'equals-ignore-case':
      return `${values} in any case`
  }
}

/** What an alternative of a pattern takes, as words that follow "the pattern wants". */
export function describeTest(test: Test): string {
  switch (test.kind) {
    case 'string':
    case 'exactly':
      return shownText(test.value)
    case 'number':
      return cut(test.text)
    case 'literal':
      return String(test.value)
    case 'prefix':
    case 'suffix':
      return describeAffix(test)
    case 'equals-ignore-case':
      return `${shownText(test.value)} in any case`
    case 'wildcard':
      return `a text like ${shownText(test.value)}`
    case 'numeric':
      return describeRange(test)
    case 'cidr':
      return `an address in ${cut(test.value)}`
    case 'exists':
      return test.value ? 'any value' : 'no such field'
    case 'anything-but':
      return `anything but ${describeExcluded(test.excluded)}`
  }
}

/** What a field's alternatives take; `first` is named first. */
export function describeTests(alternatives: readonly Test[], first?: Test): string {
  const ordered =
    first === undefined ? alternatives : [first, ...alternatives.filter((test) => test !== first)]
  return shownList([...new Set(ordered.map(describeTest))], 'or')
}
