#!/usr/bin/env node
/**
 * `npm run test:mutants`: breaks the rooms that decide what a pattern matches, one place at a time, and counts which breaks the
 * committed cases notice. Names the others in `.peers/mutants/survivors.txt`. `npm run test:mutants -- values/ affix-index`
 * breaks only files with one of these in their path. It takes half an hour or more on one core; nothing else runs it. Ctrl-C
 * ends it with what is known by then.
 */
const {fork} = require('node:child_process')
const {mkdirSync, readdirSync, readFileSync, writeFileSync} = require('node:fs')
const {join, relative, sep} = require('node:path')
const {areNoticed} = require('./committed-cases')
const {mutationsOf} = require('./mutations')

const root = join(__dirname, '..', '..', '..')
const rooms = join(root, 'src', 'lib', 'pattern')
const report = join(root, '.peers', 'mutants', 'survivors.txt')

/** In this order: what decides about values first, what only finds rules quickly last. */
const order = [
  'values/',
  'syntax/parse-',
  'parse-pattern',
  'branches/',
  'match/condition',
  'match/same-element',
  'match/affix-index',
]
const rest = ['match/interval-tree', 'match/field-index', 'match/', 'rule-set', 'syntax/']

function rankOf(name) {
  return [...order, ...rest].findIndex((start) => name.startsWith(start))
}

function filesToBreak(wanted) {
  return readdirSync(rooms, {recursive: true})
    .map((name) => name.split(sep).join('/'))
    .filter((name) => name.endsWith('.ts') && rankOf(name) >= 0 && name !== 'branches/describe-lost.ts')
    .filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part)))
    .sort((a, b) => rankOf(a) - rankOf(b) || (a < b ? -1 : 1))
}

function mutantsOf(name) {
  const file = join(rooms, name)
  const text = readFileSync(file, 'utf8')
  return mutationsOf(file, text).map((mutation) => ({name, file, text, ...mutation}))
}

function broken({file, text, start, end, replacement}) {
  return {file, text: `${text.slice(0, start)}${replacement}${text.slice(end)}`}
}

/** The child's part: tries mutants from the given one on, and tells of each. */
function work(mutants, first) {
  for (let at = first; at < mutants.length; at++) {
    process.send({at})
    process.send({at, noticed: areNoticed(broken(mutants[at]), 20_000)})
  }
  process.disconnect()
}

/** A mutant that takes all memory takes its process along, which is noticed too. */
function tryAll(mutants, args, done, from = 0, noticed = []) {
  let current = from
  const child = fork(__filename, [...args, `--from=${from}`])
  let isInterrupted = false
  const interrupt = () => {
    isInterrupted = true
    child.kill('SIGKILL')
  }
  process.once('SIGINT', interrupt)
  child.on('message', (message) => {
    current = message.at
    if ('noticed' in message) noticed[message.at] = message.noticed
    if (message.at % 100 === 0 && 'noticed' in message)
      process.stderr.write(`${message.at} of ${mutants.length}\n`)
  })
  child.on('exit', () => {
    process.removeListener('SIGINT', interrupt)
    if (isInterrupted) return done(noticed)
    if (noticed.length === mutants.length && noticed[current] !== undefined) return done(noticed)
    noticed[current] = true
    if (current + 1 === mutants.length) done(noticed)
    else tryAll(mutants, args, done, current + 1, noticed)
  })
}

function lineOf({name, text, start, end, replacement}) {
  const before = text.slice(0, start).split('\n')
  const shown = (part) => part.replace(/\s+/g, ' ').slice(0, 60)
  return `${name}:${before.length}:${(before.at(-1) ?? '').length + 1} ${shown(text.slice(start, end))} -> ${shown(replacement)}`
}

/** `noticed` ends early where the run was interrupted. */
function conclude(all, noticed) {
  const mutants = all.slice(0, noticed.length)
  const tallies = new Map()
  mutants.forEach(({name}, at) => {
    const tally = tallies.get(name) ?? {tried: 0, noticed: 0}
    tallies.set(name, {tried: tally.tried + 1, noticed: tally.noticed + (noticed[at] ? 1 : 0)})
  })
  for (const [name, {tried, noticed: count}] of tallies) {
    process.stdout.write(`${name}: ${count} of ${tried} noticed\n`)
  }
  const survivors = mutants.filter((_, at) => !noticed[at])
  mkdirSync(join(report, '..'), {recursive: true})
  writeFileSync(report, survivors.map((mutant) => `${lineOf(mutant)}\n`).join(''))
  process.stdout.write(
    `${mutants.length - survivors.length} of ${mutants.length} noticed (${all.length - mutants.length} not tried); the others are in ${relative(root, report)}.\n`,
  )
}

const args = process.argv.slice(2).filter((arg) => !arg.startsWith('--from='))
const from = process.argv.find((arg) => arg.startsWith('--from='))
const mutants = filesToBreak(args).flatMap(mutantsOf)
if (from !== undefined) {
  work(mutants, Number(from.slice('--from='.length)))
} else if (areNoticed(undefined, 600_000)) {
  process.stderr.write('The cases fail before anything is broken.\n')
  process.exitCode = 1
} else if (mutants.length === 0) {
  process.stderr.write(`No file has ${args.join(' or ')} in its path.\n`)
  process.exitCode = 2
} else {
  tryAll(mutants, args, (noticed) => conclude(mutants, noticed))
}
