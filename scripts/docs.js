#!/usr/bin/env node
/**
 * Writes the pages of `docs/` that are made from the tool itself. `node scripts/docs.js --print commands` prints one instead; a test
 * compares the two.
 */
const {readFileSync, writeFileSync} = require('node:fs')
const {join} = require('node:path')
const {permissionsPage} = require('./permissions-page')

const root = join(__dirname, '..')
const {name: bin} = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

/** Templates of oclif in texts: the tool's name and the command's own. */
function filled(text, id) {
  return text
    .replace(/<%=\s*config\.bin\s*%>/g, bin)
    .replace(/<%=\s*command\.id\s*%>/g, id.replaceAll(':', ' '))
}

function usage(id, args) {
  const words = Object.values(args).map((arg) =>
    arg.required ? arg.name.toUpperCase() : `[${arg.name.toUpperCase()}]`,
  )
  return [bin, ...id.split(':'), ...words, '[flags]'].join(' ')
}

function flagName(flag) {
  const long = flag.allowNo ? `--[no-]${flag.name}` : `--${flag.name}`
  const value = flag.type === 'option' ? ` ${flag.helpValue ?? 'VALUE'}` : ''
  return `${flag.char ? `-${flag.char}, ` : ''}${long}${value}`
}

function flagText(flag) {
  const choices = flag.options ? `: ${flag.options.join(', ')}` : ''
  const env = flag.env ? ` (\`${flag.env}\`)` : ''
  const byDefault =
    flag.default === undefined || flag.default === false ? '' : ` [default: ${String(flag.default)}]`
  return `${flag.summary ?? flag.description ?? ''}${choices}${byDefault}${env}`
}

/** A table cell: no line breaks, and the bar that would end the cell is escaped. */
const cell = (text) => text.replace(/\s*\n\s*/g, ' ').replaceAll('|', '\\|')

function flagRows(flags) {
  return flags.map((flag) => `| \`${flagName(flag).replaceAll('|', '\\|')}\` | ${cell(flagText(flag))} |`)
}

function commandPage(id, command) {
  const own = Object.values(command.flags).filter((flag) => flag.helpGroup !== 'GLOBAL' && !flag.hidden)
  const args = Object.values(command.args ?? {})
  const lines = [
    `## ${id.replaceAll(':', ' ')}`,
    '',
    filled(`${command.summary}.`, id),
    '',
    '```',
    usage(id, command.args ?? {}),
    '```',
    '',
  ]
  if (command.description) lines.push(filled(command.description, id), '')
  if (args.length > 0)
    lines.push(...args.map((arg) => `- \`${arg.name.toUpperCase()}\`: ${arg.description ?? ''}`), '')
  if (own.length > 0) lines.push('| flag | |', '|---|---|', ...flagRows(own), '')
  const examples = (command.examples ?? []).map((example) =>
    filled(typeof example === 'string' ? example : example.command, id),
  )
  if (examples.length > 0) lines.push('```', ...examples, '```', '')
  return lines
}

function commandsPage() {
  const {commands} = JSON.parse(readFileSync(join(root, 'oclif.manifest.json'), 'utf8'))
  const ids = Object.keys(commands)
    .filter((id) => !commands[id].hidden)
    .sort()
  const global = Object.values(commands[ids[0]].flags).filter((flag) => flag.helpGroup === 'GLOBAL')
  return [
    '# Commands',
    '',
    'Made from the commands themselves by `npm run docs`.',
    '',
    ...ids.map(
      (id) =>
        `- [${id.replaceAll(':', ' ')}](#${id.replaceAll(':', '-')}): ${filled(commands[id].summary, id)}`,
    ),
    '',
    '## Flags of every command',
    '',
    '| flag | |',
    '|---|---|',
    ...flagRows(global),
    '',
    ...ids.flatMap((id) => commandPage(id, commands[id])),
  ].join('\n')
}

const pages = {commands: commandsPage, permissions: permissionsPage}

const [option, name] = process.argv.slice(2)
if (option === '--print') process.stdout.write(pages[name]())
else for (const [name, page] of Object.entries(pages)) writeFileSync(join(root, 'docs', `${name}.md`), page())
