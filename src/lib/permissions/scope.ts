import type {Road} from '../road/road'

/** What a run works on: what its permissions depend on. */
export interface Scope {
  road: Road
  /** Flags and arguments of the command, by name. */
  words: Readonly<Record<string, unknown>>
}
