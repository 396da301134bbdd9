import {wholeEvent, elementPath, memberPath, otherPath, placeText} from '../event-path'
import type {JsonObject} from '../json-object'
import type {SchemaDocument} from '../schema-document'
import {Gathered} from './gathered'
import {rulesText} from './rules-text'
import {typeText} from './type-text'

/** One place of the values that a schema describes, as a person reads it. */
export interface SchemaField {
  /** `detail.customer.id`, `lines[].sku`, `attributes.*`; `$` is the whole. */
  path: string
  /** `string`, `integer | null`, `array of Order`. `any` where nothing is said, `nothing` where nothing is allowed. */
  type: string
  /** Where it is one alone: `date-time`, `uuid`. */
  format?: string
  /** Whether it is always there where what holds it is. */
  required: boolean
  /** What else it must keep: `one of "a", "b"`, `at least 1`. */
  rules?: string
  description?: string
  /** The place above it that it is like, where the schema goes in circles. */
  like?: string
}

/** A schema of more places is shown to so many. */
export const maxFields = 2000

interface Visit {
  path: string
  isRequired: boolean
  /** The definitions on the way here, with the places where they were entered. */
  entered: ReadonlyMap<string, string>
}

/**
 * The places of a schema, each before those inside it, in the order of the schema; at most `maxFields`. Members of unions are listed once, with all
 * that any option says of them, and are required where every option requires them.
 */
export function fieldsOf({schema}: SchemaDocument): SchemaField[] {
  return new FieldLister(schema).fields()
}

class FieldLister {
  private readonly found: SchemaField[] = []

  constructor(private readonly root: JsonObject) {}

  fields(): SchemaField[] {
    this.visit([this.root], {path: wholeEvent, isRequired: true, entered: new Map([['#', '$']])})
    return this.found
  }

  private visit(schemas: readonly unknown[], {path, isRequired, entered}: Visit): void {
    if (this.found.length >= maxFields) return
    const place = new Gathered(this.root, schemas)
    const circle = place.references.find((reference) => entered.has(reference))
    const like = circle === undefined ? undefined : entered.get(circle)
    const text = placeText(path)
    // The whole is worth a line only where nothing else is told.
    const isHolder = path === wholeEvent && place.members().length > 0
    if (!isHolder) this.found.push(this.field(place, text, isRequired, like))
    if (like !== undefined) return
    const inner = new Map([...entered, ...place.references.map((one) => [one, text] as const)])
    for (const {name, schemas: of, isRequired: needed} of place.members())
      this.visit(of, {path: memberPath(path, name), isRequired: needed, entered: inner})
    for (const {pattern, schemas: of} of place.others())
      this.visit(of, {path: otherPath(path, pattern), isRequired: false, entered: inner})
    const elements = place.elements()
    if (elements.length > 0 && new Gathered(this.root, elements).isStructured())
      this.visit(elements, {path: elementPath(path), isRequired: true, entered: inner})
  }

  private field(place: Gathered, path: string, required: boolean, like: string | undefined): SchemaField {
    const format = place.first('format')
    const rules = rulesText(place.nodes)
    const description = place.first('description')
    return {
      path,
      type: typeText(place, this.root),
      ...(typeof format === 'string' ? {format} : {}),
      required,
      ...(rules === '' ? {} : {rules}),
      ...(typeof description === 'string' ? {description} : {}),
      ...(like === undefined ? {} : {like}),
    }
  }
}
