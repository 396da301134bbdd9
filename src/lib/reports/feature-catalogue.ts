import type {SqlSource} from './load-sql'

/** A feature that there is, whether it is used or not. */
export interface CatalogueFeature {
  name: string
  /** Other names that events give it. */
  aliases: readonly string[]
  isRetired: boolean
}

export type Catalogue = readonly CatalogueFeature[]

/** `features:` of the configuration file, as a list; undefined where there is none. */
export function catalogueOf(
  features: Readonly<Record<string, {aliases?: string[]; retired?: boolean} | null>> | undefined,
): Catalogue | undefined {
  return (
    features &&
    Object.entries(features).map(([name, feature]) => ({
      name,
      aliases: feature?.aliases ?? [],
      isRetired: feature?.retired === true,
    }))
  )
}

/** Features with other names are number 1, 2, ... of the query. */
function numbered(catalogue: Catalogue): CatalogueFeature[] {
  return catalogue.filter(({aliases}) => aliases.length > 0)
}

/** What `features.sql` is completed with, so that all names of a feature count as one. Names are bound. Pure. */
export function catalogueSql(catalogue: Catalogue): {
  names: Record<'catalogued' | 'catalogue_conditions', SqlSource>
  values: string[]
} {
  const named = numbered(catalogue).map(({name, aliases}) => [name, ...aliases])
  const all = named.flat()
  const marks = (names: readonly string[]) => names.map(() => '?').join(', ')
  const rest = all.length === 0 ? '' : ` AND identities.feature NOT IN (${marks(all)})`
  const conditions = [
    `(names.number = 0${rest})`,
    ...named.map((names, i) => `(names.number = ${i + 1} AND identities.feature IN (${marks(names)}))`),
  ]
  return {
    names: {
      catalogued: {sql: ['(0)', ...named.map((_, i) => `(${i + 1})`)].join(', ')},
      catalogue_conditions: {sql: conditions.join(' OR ')},
    },
    values: [...all, ...all],
  }
}

/** The feature's name behind the number that the query answers with, or the name itself. */
export function featureName(catalogue: Catalogue, answered: string): string {
  const number = /^\x1f(\d+)$/.exec(answered)?.[1]
  return numbered(catalogue)[Number(number) - 1]?.name ?? answered
}
