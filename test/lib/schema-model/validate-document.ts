import {validate} from '@readme/openapi-parser'
import asyncApiSchema from '@asyncapi/specs/schemas/3.0.0-without-$id.json'
import Ajv, {type ValidateFunction} from 'ajv'
import Ajv2020 from 'ajv/dist/2020'
import addFormats from 'ajv-formats'
import AjvDraft4 from 'ajv-draft-04'
import ts from 'typescript'
import {stringifyExact} from '../../../src/lib/core/json'

const loose = {
  strict: false,
  logger: false,
  allErrors: true,
  ownProperties: true,
} as const

/** As a reader of the file sees it: numbers that JavaScript holds apart are plain again. */
function plain(document: object): object {
  return JSON.parse(stringifyExact(document)) as object
}

/** What an independent validator finds wrong with an OpenAPI 3.0, OpenAPI 3.1 or Swagger 2.0 document; it fetches nothing. */
export async function openApiFaults(document: object): Promise<string[]> {
  const options = {resolve: {external: false}, validate: {errors: {colorize: false}}}
  const result = await validate(plain(document) as Parameters<typeof validate>[0], options)
  return result.valid ? [] : result.errors.map(({message}) => message)
}

let asyncApi: ValidateFunction | undefined

/** What AsyncAPI's own schema finds wrong with an AsyncAPI 3.0 document. */
export function asyncApiFaults(document: object): string[] {
  asyncApi ??= addFormats(new Ajv({...loose, validateSchema: false})).compile(asyncApiSchema)
  return asyncApi(plain(document)) ? [] : (asyncApi.errors ?? []).map(textOf)
}

const draft4 = addFormats(new AjvDraft4(loose) as unknown as Ajv)
const draft2020 = addFormats(new Ajv2020(loose))

/** What the meta-schema of draft 4 finds wrong, or a validator that cannot work with it. */
export function draft4Faults(schema: object): string[] {
  return faultsOf(draft4, plain(schema))
}

/** What the meta-schema of 2020-12 finds wrong, or a validator that cannot work with it. */
export function draft2020Faults(schema: object): string[] {
  return faultsOf(draft2020, plain(schema))
}

function faultsOf(ajv: Ajv, schema: object): string[] {
  try {
    if (ajv.validateSchema(schema) !== true) return (ajv.errors ?? []).map(textOf)
    ajv.compile(schema)
    return []
  } catch (error) {
    return [String(error)]
  } finally {
    ajv.removeSchema(schema)
  }
}

function textOf({instancePath, message}: {instancePath: string; message?: string}): string {
  return `${instancePath} ${message ?? ''}`
}

// Collecting all errors and the members that were seen, ajv 8 crashes on `patternProperties: {".": false}` beside `anyOf`: the first error is enough.
const firstError = {...loose, allErrors: false}
const check4 = addFormats(new AjvDraft4(firstError) as unknown as Ajv)
const check2020 = addFormats(new Ajv2020(firstError))

/** Whether values are valid by a schema of draft 4 or 2020-12. */
export function checkOf(schema: object): (value: unknown) => boolean {
  const parsed = plain(schema) as {$schema?: string}
  const ajv = parsed.$schema?.includes('draft-04') === true ? check4 : check2020
  try {
    const check = ajv.compile(parsed)
    return (value) => check(value)
  } finally {
    ajv.removeSchema(parsed)
  }
}

const options: ts.CompilerOptions = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noEmit: true,
  skipLibCheck: true,
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2022.d.ts'],
  types: [],
}
const host = ts.createCompilerHost(options)
const library = new Map<string, ts.SourceFile | undefined>()

/** What the TypeScript compiler, at its strictest, finds wrong with modules; each sees the others as `./NAME`. */
export function typescriptFaults(modules: Readonly<Record<string, string>>): string[] {
  const files = new Map(Object.entries(modules).map(([name, text]) => [`/${name}.ts`, text]))
  const program = ts.createProgram([...files.keys()], options, {
    ...host,
    fileExists: (name) => files.has(name) || host.fileExists(name),
    readFile: (name) => files.get(name) ?? host.readFile(name),
    getSourceFile: (name, version) => {
      const text = files.get(name)
      if (text !== undefined) return ts.createSourceFile(name, text, version)
      if (!library.has(name)) library.set(name, host.getSourceFile(name, version))
      return library.get(name)
    },
  })
  return ts.getPreEmitDiagnostics(program).map(({messageText, start, file}) => {
    const near = file && start !== undefined ? file.text.slice(start, start + 60) : ''
    return `${ts.flattenDiagnosticMessageText(messageText, ' ')} at ${JSON.stringify(near)}`
  })
}
