import type {Excluded, Test} from '../pattern'
import {wholeOfPrefix, wholeOfSuffix} from '../values/leaf-test'
import {anyRun, foldedGlob, literalGlob, wildcardGlob} from './glob'
import type {Glob} from './glob'

/** What a test means for text: all texts, none, those that one of the globs reads or does not, or addresses. */
export type TextRule =
  {kind: 'always' | 'never' | 'address'} | {kind: 'globs'; globs: readonly Glob[]; negated: boolean}

type GlobTest = Extract<Test, {kind: 'prefix' | 'suffix' | 'equals-ignore-case' | 'wildcard' | 'exactly'}>

/** The globs of a text and, where it ends or begins with the quote that EventBridge sees, those of the whole text. */
function affixGlobs(kind: 'prefix' | 'suffix', value: string, read: (text: string) => Glob): Glob[] {
  const whole = kind === 'prefix' ? wholeOfPrefix(value) : wholeOfSuffix(value)
  const glob = kind === 'prefix' ? [...read(value), anyRun] : [anyRun, ...read(value)]
  return whole === undefined ? [glob] : [glob, read(whole)]
}

function globsOf(kind: GlobTest['kind'], value: string, ignoreCase: boolean): Glob[] {
  switch (kind) {
    case 'exactly':
      return [literalGlob(value)]
    case 'prefix':
    case 'suffix':
      return affixGlobs(kind, value, ignoreCase ? foldedGlob : literalGlob)
    case 'equals-ignore-case':
      return [foldedGlob(value)]
    case 'wildcard':
      return [wildcardGlob(value)]
  }
}

function excludedRule({of, values}: Excluded): TextRule {
  if (of === 'numbers') return {kind: 'always'}
  const kind = of === 'strings' ? 'exactly' : of
  return {kind: 'globs', globs: values.flatMap((value) => globsOf(kind, value, false)), negated: true}
}

/** What a test means for text. */
export function textRule(test: Test): TextRule {
  switch (test.kind) {
    case 'number':
    case 'literal':
    case 'numeric':
      return {kind: 'never'}
    case 'cidr':
      return {kind: 'address'}
    case 'string':
      return test.address === undefined
        ? {kind: 'globs', globs: [literalGlob(test.value)], negated: false}
        : {kind: 'address'}
    case 'exists':
      return {kind: test.value ? 'always' : 'never'}
    case 'anything-but':
      return excludedRule(test.excluded)
    default: {
      const ignoreCase = 'ignoreCase' in test && test.ignoreCase
      return {kind: 'globs', globs: globsOf(test.kind, test.value, ignoreCase), negated: false}
    }
  }
}
