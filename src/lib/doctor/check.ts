import type {AwsClients} from '../aws/clients'
import type {Sleep} from '../aws/wait'
import type {Now} from '../core/clock'
import type {Road} from '../road/road'
import type {CommandPlace, Commands} from './commands'
import type {Finding} from './finding'
import type {Reads} from './reads'

/** A row of a query's answer: everything is text; a NULL's key is missing. */
export type AnswerRow = Readonly<Record<string, string | undefined>>

/** Everything that a check may use. Reads are shared: each is made once, whoever asks first. */
export interface DoctorContext {
  clients: AwsClients
  road: Road
  where: CommandPlace & {accountId: string}
  reads: Reads
  /** Writes the commands that mend something. */
  commands: Commands
  now: Now
  sleep: Sleep
  signal: AbortSignal
  /** Runs one SELECT over the lake. `parameters` are SQL literals, in the order of the `?`. Throws what Athena says. */
  query: (sql: string, parameters: readonly string[]) => Promise<readonly AnswerRow[]>
  /** Runs the bill of the last hour. Throws what running a report throws. */
  tryReport: () => Promise<void>
}

/** One check of one hop. */
export interface Check {
  /** Stable name, as it stands in the answer: `target-role`. */
  hop: string
  /** Checks of which none may be broken or left out: this one then has nothing to look at. */
  after: readonly string[]
  /** IAM actions that it needs, named where one is missing. */
  permissions: readonly string[]
  /** What it throws makes it `skipped`: a service that cannot be asked says nothing about the road. */
  run: (context: DoctorContext) => Promise<Finding>
}
