import {bundleOf} from '../../bundle'
import type {SchemaDocument} from '../../schema-document'
import type {DocumentHead} from '../written-document'
import {TypeWriter} from './type-writer'
import {typeNames} from './words'

export interface WrittenTypes {
  /** A module of type declarations. */
  text: string
  losses: string[]
}

/**
 * TypeScript types of the schemas: an interface for each object, a type for everything else, comments from titles, descriptions and formats.
 * Bounds, lengths and patterns of single values are beyond types and not counted as lost.
 */
export function writeTypescript(
  documents: readonly SchemaDocument[],
  {title, version}: DocumentHead,
): WrittenTypes {
  const {schemas} = bundleOf(documents)
  const writer = new TypeWriter(schemas, typeNames(schemas.keys()))
  const head = `// ${`${title}, version ${version}`.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, ' ')}. Made from its schema; change that.\n/* eslint-disable */\n`
  const declarations = [...schemas.keys()].map((name) => writer.declaration(name))
  return {text: [head, ...declarations].join('\n'), losses: [...writer.losses].sort()}
}
