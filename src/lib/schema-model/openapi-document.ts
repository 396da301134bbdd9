import type {JsonObject} from './json-object'

/** An OpenAPI 3.0 document that describes data and has no paths. */
export interface OpenApiDocument {
  openapi: string
  info: {version: string; title: string; description?: string}
  paths: Record<string, never>
  components: {schemas: JsonObject}
}

/** Where components stand in an OpenAPI document. */
export const componentPrefix = '#/components/schemas/'

/** Component names that were given so far. OpenAPI 3.0 allows letters, digits, `.`, `-`, `_`. */
export class ComponentNames {
  private readonly taken = new Set<string>()
  private readonly lastNumber = new Map<string, number>()

  /** Takes the wanted name, or `NAME_1`, `NAME_2` … where it is taken. */
  take(wanted: string): string {
    let name = wanted
    let number = this.lastNumber.get(wanted) ?? 0
    while (this.taken.has(name)) {
      number += 1
      name = `${wanted}_${number}`
    }
    this.lastNumber.set(wanted, number)
    this.taken.add(name)
    return name
  }
}
