import {shellText} from '../core/shell-text'

/** What the user said on the command line, as far as another command needs the same words to mean the same road. */
export interface GivenWords {
  /** Name of a binding, names of resources: `['checkout', '--bus', 'usage']`. */
  road: readonly string[]
  /** Account, region, endpoint, configuration: `['--region', 'eu-west-1']`. */
  place: readonly string[]
}

/** Where a command of the AWS CLI has to work, and as whom. */
export interface CommandPlace {
  region: string
  endpoint: string | undefined
  profile?: string | undefined
  /** Data folder of a local endpoint that ends with this command: another one is started for the remedy. */
  ownDataDir?: string | undefined
}

/** Writes the commands that mend something, as they can be pasted into a shell. */
export class Commands {
  /** `kept`: flags by which binding keeps what is deployed and nobody said. */
  constructor(
    private readonly given: GivenWords,
    private readonly place: CommandPlace,
    private readonly kept: readonly string[] = [],
  ) {}

  /** `bind-target` for the road that was looked at. `more` are flags with their values; those that were given already are left out. */
  bind(more: Readonly<Record<string, string>> = {}): string {
    const added = Object.entries(more).flatMap(([flag, value]) =>
      this.given.road.includes(flag) ? [] : [flag, value],
    )
    const {road, place} = this.given
    return shellText(['usage-tracker', 'bind-target', '--yes', ...road, ...this.kept, ...added, ...place])
  }

  /** A command of the AWS CLI that was written without a place, where the road is. */
  inPlace(command: string): string {
    return `${this.before()}${command} ${shellText(this.placeWords())}`
  }

  /** A command of the AWS CLI where the road is. */
  aws(...words: string[]): string {
    return this.inPlace(shellText(['aws', ...words]))
  }

  /** Commands of which each is run when the one before it has done its work. */
  inTurn(...commands: string[]): string {
    return commands.join(' && ')
  }

  private before(): string {
    const {ownDataDir} = this.place
    if (ownDataDir === undefined) return ''
    return `${shellText(['usage-tracker', 'local', 'exec', '--data-dir', ownDataDir, '--'])} `
  }

  private placeWords(): string[] {
    const {region, endpoint, profile, ownDataDir} = this.place
    const isElsewhere = endpoint !== undefined && ownDataDir === undefined
    return [
      ...['--region', region],
      ...(isElsewhere ? ['--endpoint-url', endpoint] : []),
      ...(endpoint === undefined && profile !== undefined ? ['--profile', profile] : []),
    ]
  }
}
