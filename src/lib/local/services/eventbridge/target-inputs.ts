import type {Target} from '@aws-sdk/client-eventbridge'
import type {Constraints} from '../../constraints'
import {notEmulated, ServiceError} from '../../service-error'
import {parseTemplate, placeholdersOf} from '../../target-input/input-template'
import {parseJsonPath} from '../../target-input/json-path'
import {reservedPlaceholders, type TargetInput} from '../../target-input/target-input'

/** The members of a target that change what it receives. */
export const inputMembers = ['Input', 'InputPath', 'InputTransformer'] as const

/** What a target receives instead of the event, if it says so. */
export function inputOf(target: Target): TargetInput | undefined {
  if (target.Input !== undefined) return {constant: target.Input}
  if (target.InputPath !== undefined) return {path: target.InputPath}
  const transformer = target.InputTransformer
  return transformer && {template: transformer.InputTemplate ?? '', paths: transformer.InputPathsMap ?? {}}
}

/** Lengths and forms as the model has them. `at` is the target's place in the request. */
export function limitInput(limits: Constraints, at: string, target: Target): void {
  limits.text(`${at}.input`, target.Input, {max: 8192})
  limits.text(`${at}.inputPath`, target.InputPath, {max: 256})
  const paths = Object.entries(target.InputTransformer?.InputPathsMap ?? {})
  const map = `${at}.inputTransformer.inputPathsMap`
  limits.text(`${at}.inputTransformer.inputTemplate`, target.InputTransformer?.InputTemplate, {
    min: 1,
    max: 8192,
  })
  limits.list(map, paths, {max: 100})
  for (const [name, path] of paths) {
    limits.text(map, name, {min: 1, max: 256, pattern: /^(?:[A-Za-z0-9\-_]+)$/})
    limits.text(`${map}.${name}.member`, path, {max: 256})
  }
}

/** Refuses input settings that the service refuses at PutTargets, in its words. What only an event can show fails at delivery. */
export function checkInput(target: Target, id: string): void {
  if (inputMembers.filter((member) => target[member] !== undefined).length > 1) {
    throw invalid(`Only one of Input, InputPath, or InputTransformer must be provided for target ${id}.`)
  }
  if (target.Input !== undefined && !isJson(target.Input)) {
    throw invalid(`JSON syntax error in input for target ${id}.`)
  }
  if (target.InputPath !== undefined) checkPath(target.InputPath, id)
  if (target.InputTransformer) checkTransformer(target.InputTransformer, id)
}

function checkTransformer(transformer: NonNullable<Target['InputTransformer']>, id: string): void {
  const paths = transformer.InputPathsMap ?? {}
  for (const path of Object.values(paths)) checkPath(path, id)
  const template = parseTemplate(transformer.InputTemplate ?? '')
  for (const name of placeholdersOf(template)) {
    if (!Object.hasOwn(paths, name) && !reservedPlaceholders.has(name)) {
      throw invalid(`InputTemplate for target ${id} contains invalid placeholder ${name}.`)
    }
    if (name === 'aws.events.event.json' && !template.isJson) {
      throw invalid(
        `InputTemplate for target ${id} contains placeholder ${name} valid only for JSON template.`,
      )
    }
  }
  // The API reference forbids it and does not say how.
  if (template.isJson && template.parts.some((part) => typeof part !== 'string' && part.isKey)) {
    throw notEmulated(`A placeholder as a key in the InputTemplate of target ${id}`)
  }
}

function checkPath(path: string, id: string): void {
  if (parseJsonPath(path) === undefined) throw invalid(`InputPath for target ${id} is invalid.`)
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function invalid(message: string): ServiceError {
  return new ServiceError('ValidationException', message)
}
