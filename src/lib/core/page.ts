import type {Chart} from './chart'
import type {Column, Row} from './column'

/** Rows, and how they can be drawn. */
export interface List {
  columns: readonly Column[]
  rows: readonly Row[]
  charts?: readonly Chart[] | undefined
}

/** A word and what it stands for, as text that is ready to be read. */
export interface Fact {
  name: string
  value: string
}

/** What an answer says beside its list, as data: the page that `render` makes of it stands by itself. */
export interface Page {
  title: string
  /** What it covers, in one line or several. */
  subtitle?: string
  /** What a reader looks for first. */
  figures: readonly Fact[]
  /** What a reader must know before believing the figures. */
  warnings: readonly string[]
  /** Title of the list. */
  caption: string
  /** Lists beside the first one, each with its title. */
  more?: readonly (List & {caption: string})[]
  /** How the answer came about, and where. */
  facts: readonly Fact[]
}
