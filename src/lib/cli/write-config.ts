import {renameSync, writeFileSync} from 'node:fs'
import {dirname} from 'node:path'
import {OpError, messageOf} from '../core/errors'
import {makeFolder} from '../core/make-folder'
import {checkUnwritten} from './init-check'
import type {InitAnswers} from './init-config'
import {configText} from './init-config'

/**
 * Writes the configuration file in one step: a reader sees the old one or the new one, never half of it. Its content is
 * checked first. Throws BAD_CONFIG (usage) for values that no command would take, CANNOT_WRITE (usage).
 */
export function writeConfig(file: string, answers: InitAnswers): void {
  const text = configText(answers)
  checkUnwritten(text)
  const fresh = `${file}.${process.pid}.tmp`
  try {
    makeFolder(dirname(file))
    writeFileSync(fresh, text)
    renameSync(fresh, file)
  } catch (error) {
    throw new OpError('usage', 'CANNOT_WRITE', `${file} cannot be written: ${messageOf(error)}.`, {
      cause: error,
    })
  }
}
