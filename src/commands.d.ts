/** Made by `scripts/build.js` from the files of `src/commands`. */
declare module 'usage-tracker:commands' {
  import type {Command} from '@oclif/core'

  /** Command id (`events:send`) -> class. Reading an entry loads that command's file. */
  export const commands: Readonly<Record<string, Command.Class>>
}
