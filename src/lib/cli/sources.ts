import {homedir} from 'node:os'
import {readConfig} from './config-file'
import type {SessionFlags} from './flags'
import {settingOfProfile} from './profile-setting'
import type {Environment, Sources} from './settings'

/** What a command hands in: its flags, the environment, the folder it was started in. */
export interface Origins {
  flags: SessionFlags
  /** Names of the flags that stand on the command line; the others may come from variables. */
  given: ReadonlySet<string>
  env: Environment
  /** Current folder, absolute. */
  folder: string
  /** Data folder of the local endpoint when nothing is said. */
  defaultDataDir: string
}

/** Adds the configuration file to them. Throws BAD_CONFIG, NO_CONFIG, UNKNOWN_ENVIRONMENT (usage). */
export async function readSources(origins: Origins): Promise<Sources> {
  const {flags, env, folder} = origins
  const config = await readConfig({
    folder,
    file: flags.config ?? (env['USAGE_TRACKER_CONFIG'] || undefined),
    environment: flags.env ?? (env['USAGE_TRACKER_ENV'] || undefined),
  })
  return {
    flags,
    given: origins.given,
    env,
    folder,
    config,
    defaultDataDir: origins.defaultDataDir,
    regionOfProfile: (profile) => settingOfProfile(env, homedir(), profile, 'region'),
  }
}
