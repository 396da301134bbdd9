import type {AwsClients} from '../aws/clients'
import type {Asker} from '../core/asker'
import type {Now} from '../core/clock'
import type {ControlClient} from '../local/control-client'
import type {RoadSettings} from '../road/settings'
import type {ConfigFile} from './config-types'

/** The controls of a local endpoint: its clock, its buffers, its end. */
export type LocalControl = ControlClient

/** Everything a command needs to do its work: made by `BaseCommand.session`, closed by the base class. */
export interface Session {
  clients: AwsClients
  settings: RoadSettings
  /** Which of the road's names somebody said; the others are the defaults. */
  said: ReadonlySet<string>
  where: {
    accountId: string
    region: string
    endpoint: string | undefined
    profile?: string | undefined
    /** Data folder of a local endpoint that was started for this command: nothing answers at its address afterwards. */
    ownDataDir?: string | undefined
  }
  /** The machine's clock; where a local endpoint is used, that endpoint's. */
  now: Now
  /** Set where the endpoint is a local one. */
  local: LocalControl | undefined
  config: ConfigFile
}

export interface SessionOptions {
  /**
   * `false`: the caller's account is not asked for unless a pin must be checked. It saves a request. `accountId` is then
   * the pin's or empty, and so is the default bucket's name: for commands that need neither.
   */
  identify?: boolean
  /** A data folder to work on with a local endpoint of its own: no file, variable or flag counts but --region, defaults alone. */
  alone?: string
  /** Who is asked for a region that nobody says. */
  asker?: Asker | undefined
}
