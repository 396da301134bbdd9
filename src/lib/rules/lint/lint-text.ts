import {stringifyExact} from '../../core/json'
import type {Finding, LintResult} from './finding'

/** The findings for a person, each with what to do about it, and how many there are. They hold what patterns hold: clean them. */
export function lintLines(result: LintResult): string[] {
  return [...result.findings.flatMap(findingLines), summary(result)]
}

function findingLines(finding: Finding): string[] {
  const {severity, kind, rules, line, column, path, message, hint, event} = finding
  const place = line === undefined || kind === 'invalid' ? '' : ` (line ${line}, column ${column ?? 1})`
  const where = path === undefined || kind === 'invalid' ? '' : ` ${path}${place}:`
  const who = rules.length === 0 ? '' : ` ${rules.join(', ')}:`
  return [
    `${severity} ${kind}${who}${where} ${message}`,
    ...(hint === undefined ? [] : [`  Try: ${hint}`]),
    ...(event === undefined ? [] : [`  For example: ${stringifyExact(event)}`]),
  ]
}

function summary({checkedCount, errorCount, warningCount}: LintResult): string {
  return `${counted(checkedCount, 'pattern')} checked: ${counted(errorCount, 'error')}, ${counted(warningCount, 'warning')}.`
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`
}
