import type {Choices} from './checkpoint/checkpoint'
import {Checkpoint} from './checkpoint/checkpoint'
import type {SendItems, SendPlace, SendSource} from './send-source'

export interface StartOptions extends SendPlace {
  region: string
  /** Where the run keeps what it has dealt with. */
  checkpoint?: string | undefined
  /** What a first run makes its events from. */
  choices: Choices
}

/** A run that may begin. */
export interface SendStart {
  items: SendItems
  checkpoint: Checkpoint | undefined
  /** Those of the first run, where this one goes on. */
  choices: Choices
  /** How much of the input is dealt with, from 0 to 1, after so many events of this run; undefined where that is unknown. */
  share: (readCount: number) => number | undefined
}

/** Opens the checkpoint, where there is to be one, and makes the events ready. Throws what `Checkpoint.open` throws. */
export async function startSend(source: SendSource, options: StartOptions): Promise<SendStart> {
  const {region, settings} = options
  if (options.checkpoint === undefined) {
    const {choices} = options
    return {items: await source.items(options, choices), checkpoint: undefined, choices, share: source.share}
  }
  const kept = Checkpoint.markIn(options.checkpoint)
  const mark = {...(await source.mark(options, kept)), bus: settings.bus, region}
  const checkpoint = Checkpoint.open(options.checkpoint, mark, options.choices)
  const {choices, settledCount} = checkpoint
  const items = await source.items(options, choices)
  return {items, checkpoint, choices, share: (readCount) => source.share(settledCount + readCount)}
}
