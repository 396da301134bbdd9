import type {PublishEntry} from '../publish/put-entry'
import type {GenerateOptions} from './generate'

/** A schema that events are made of and held against, whatever made it. */
export interface SendSchema {
  /** What is wrong with a detail, nothing where it conforms. */
  check: (detail: unknown) => string[]
  generate: (options: GenerateOptions & {test: boolean}) => Promise<AsyncIterable<PublishEntry>>
}
