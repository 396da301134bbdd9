import {shellText} from '../core/shell-text'

/** What the user said on the command line, as far as another command needs the same words to mean the same road. */
export interface GivenWords {
  /** Name of a binding, names of resources: `['checkout', '--bus', 'usage']`. */
  road: readonly string[]
  /** Account, region, endpoint, configuration: `['--region', 'eu-west-1']`. */
  place: readonly string[]
}

/** Writes the commands that mend something, as they can be pasted into a shell. */
export class Commands {
  constructor(
    private readonly given: GivenWords,
    private readonly where: {region: string; endpoint: string | undefined},
  ) {}

  /** `bind-target` for the road that was looked at. `more` are flags with their values; those that were given already are left out. */
  bind(more: Readonly<Record<string, string>> = {}): string {
    const added = Object.entries(more).flatMap(([flag, value]) =>
      this.given.road.includes(flag) ? [] : [flag, value],
    )
    const {road, place} = this.given
    return shellText(['usage-tracker', 'bind-target', '--yes', ...road, ...added, ...place])
  }

  /** A command of the AWS CLI that was written without a place, in the region and at the endpoint that were looked at. */
  inPlace(command: string): string {
    return `${command} ${shellText(this.placeWords())}`
  }

  /** A command of the AWS CLI in the region and at the endpoint that were looked at. */
  aws(...words: string[]): string {
    return shellText(['aws', ...words, ...this.placeWords()])
  }

  private placeWords(): string[] {
    const {region, endpoint} = this.where
    return ['--region', region, ...(endpoint === undefined ? [] : ['--endpoint-url', endpoint])]
  }
}
