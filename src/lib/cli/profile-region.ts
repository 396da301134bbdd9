import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import type {Environment} from './settings'

/**
 * The region that the AWS configuration files give a profile (`default` where none is named), else undefined.
 * Reads `AWS_CONFIG_FILE` or `~/.aws/config`, sections `[default]` and `[profile NAME]`.
 */
export function regionOfProfile(
  env: Environment,
  home: string,
  profile: string | undefined,
): string | undefined {
  const name = profile ?? 'default'
  const wanted = new Set(name === 'default' ? ['default', 'profile default'] : [`profile ${name}`])
  let inside = false
  for (const line of lines(env['AWS_CONFIG_FILE'] || join(home, '.aws', 'config'))) {
    const section = /^\s*\[\s*([^\]]*?)\s*\]/.exec(line)?.[1]
    if (section !== undefined) inside = wanted.has(section.replaceAll(/\s+/g, ' ').replaceAll(/["']/g, ''))
    const region = inside ? /^region\s*=\s*(\S+)/.exec(line)?.[1] : undefined
    if (region !== undefined) return region
  }
  return undefined
}

function lines(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split(/\r?\n/)
  } catch {
    return []
  }
}
