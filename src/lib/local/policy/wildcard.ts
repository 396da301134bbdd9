import {literals} from '../../core/iam-wildcard'

/** Values of a request by condition key (`aws:SourceArn`); keys are told apart without regard to case. */
export type PolicyContext = Readonly<Record<string, string | readonly string[] | undefined>>

/** The values of a condition key in the request; undefined where it has none. */
export function valuesOf(context: PolicyContext, key: string): readonly string[] | undefined {
  const name = Object.keys(context).find((candidate) => candidate.toLowerCase() === key.toLowerCase())
  const value = name === undefined ? undefined : context[name]
  return typeof value === 'string' ? [value] : value
}

/** The text that a pattern without wildcards stands for, after `resolveVariables`. */
export function toPlainText(resolved: string): string {
  return resolved.replace(/[\ue000\ue001]/g, (character) => literals[character] ?? character)
}

/**
 * Puts the request's values in place of `${aws:SourceAccount}` and the like; wildcards in those values, and `${*}` and
 * `${?}`, stand for themselves. Undefined where the request lacks a value: then nothing matches.
 */
export function resolveVariables(text: string, context: PolicyContext): string | undefined {
  let isComplete = true
  const resolved = text.replace(/\$\{([^}]+)\}/g, (_, name: string) => {
    const values = ['*', '?', '$'].includes(name) ? [name] : valuesOf(context, name.trim())
    if (values?.length !== 1) isComplete = false
    return (values?.[0] ?? '').replaceAll('*', '\ue000').replaceAll('?', '\ue001')
  })
  return isComplete ? resolved : undefined
}
