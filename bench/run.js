#!/usr/bin/env node
/**
 * `npm run bench`: figures beside their floor and their peer, all taken in this one run, printed as JSON.
 * Quote the ratios; absolute figures belong to the machine. `npm run bench -- NAME...` runs only those parts.
 */
const {mkdirSync, rmSync, writeFileSync} = require('node:fs')
const {join} = require('node:path')

const parts = {
  startUp: () => require('./start-up').startUp(),
  sendOne: () => require('./send-one').sendOne(),
  putEvents: () => require('./put-events').putEvents(),
  send: () => require('./send').send(),
  patterns: () => require('./patterns').patterns(),
  inference: () => require('./inference').inference(),
  lake: () => require('./lake').lake(),
  reports: () => require('./reports').reports(),
  schemaExport: () => require('./schema-export').schemaExport(),
}

async function main() {
  const wanted = process.argv.slice(2)
  const unknown = wanted.filter((name) => !Object.hasOwn(parts, name))
  if (unknown.length > 0) {
    process.stderr.write(
      `No such part: ${unknown.join(', ')}. There are: ${Object.keys(parts).join(', ')}.\n`,
    )
    process.exit(2)
  }
  const out = join(__dirname, 'out')
  mkdirSync(out, {recursive: true})
  const result = {machine: require('./machine').machine(), takenAt: new Date().toISOString()}
  for (const [name, run] of Object.entries(parts)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue
    process.stderr.write(`${name} ...\n`)
    result[name] = await run()
  }
  rmSync(join(out, 'work'), {recursive: true, force: true})
  writeFileSync(join(out, 'bench.json'), `${JSON.stringify(result, null, 2)}\n`)
  process.stdout.write(`${JSON.stringify(result, null, 2)}\n`)
}

void main()
