import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import type {Environment} from './settings'

/**
 * What the AWS configuration files say under `name` (`region`, `ca_bundle`) for a profile (`default` where none is named), else
 * undefined. Reads `AWS_CONFIG_FILE` or `~/.aws/config`, sections `[default]` and `[profile NAME]`.
 */
export function settingOfProfile(
  env: Environment,
  home: string,
  profile: string | undefined,
  name: string,
): string | undefined {
  const section = profile ?? 'default'
  const wanted = new Set(section === 'default' ? ['default', 'profile default'] : [`profile ${section}`])
  let inside = false
  for (const line of lines(env['AWS_CONFIG_FILE'] || join(home, '.aws', 'config'))) {
    const title = /^\s*\[\s*([^\]]*?)\s*\]/.exec(line)?.[1]
    if (title !== undefined) inside = wanted.has(title.replaceAll(/\s+/g, ' ').replaceAll(/["']/g, ''))
    const [, key, value] = /^(\w+)\s*=\s*(.*?)\s*(?:\s[#;].*)?$/.exec(line) ?? []
    if (inside && key === name && value) return value
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
