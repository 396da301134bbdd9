import {Config, settings} from '@oclif/core'
import {commands} from 'usage-tracker:commands'
import {runTool} from './lib/cli/run-tool'

export {commands}

/**
 * Runs the tool on the words behind its name; `root` is the folder of package.json. Ends the process when all is
 * written: connections that are kept alive would hold it for seconds.
 */
export async function run(argv: readonly string[], root: string): Promise<void> {
  // What runs is built; oclif would look for TypeScript sources where NODE_ENV says test or development.
  settings.enableAutoTranspile = false
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // The reader of the pipe has had enough (`| head`): nothing more to say, and no fault. A command that has something to
    // put away listens, too, and ends by itself.
    if (error.code === 'EPIPE' && process.stdout.listenerCount('error') === 1) process.exit()
  })
  await runTool(argv, commands, () => Config.load({root}))
  process.stdout.write('', () => process.exit())
}
