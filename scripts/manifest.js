/**
 * The text of `oclif.manifest.json`: every command with its flags, as oclif caches it, sorted, without anything of this machine.
 * Reads the built tool. `node scripts/manifest.js` prints it.
 */
const {Plugin} = require('@oclif/core/config')
const {join} = require('node:path')

/** Keys in alphabetical order at every depth, so that the same commands give the same text. */
function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted)
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]))
}

/** Flags and args keep the order of their declaration (help shows args in it); everything else is sorted. */
function tidy(command) {
  const {args, ...rest} = command
  return {
    ...sorted(rest),
    args: Object.fromEntries(Object.entries(args ?? {}).map(([k, v]) => [k, sorted(v)])),
  }
}

async function manifestText(root) {
  const plugin = new Plugin({
    root,
    type: 'core',
    ignoreManifest: true,
    errorOnManifestCreate: true,
    respectNoCacheDefault: true,
  })
  await plugin.load()
  const ids = Object.keys(plugin.manifest.commands).sort()
  const commands = Object.fromEntries(ids.map((id) => [id, tidy(plugin.manifest.commands[id])]))
  return `${JSON.stringify({commands, version: plugin.manifest.version}, null, 2)}\n`
}

if (require.main === module) {
  manifestText(join(__dirname, '..')).then((text) => process.stdout.write(text))
}

module.exports = {manifestText}
