import {nextWord, type KnownCommand} from '../../../../src/lib/cli/completion/next-word'
import {splitLine} from '../../../../src/lib/cli/completion/split-line'

const option = (name: string, options?: string[]) => ({name, type: 'option', ...(options ? {options} : {})})
const flag = (name: string, char?: string) => ({name, type: 'boolean', ...(char ? {char} : {})})
const commands: KnownCommand[] = [
  {id: 'doctor', hidden: false, args: {}, flags: {json: flag('json')}},
  {id: 'complete', hidden: true, args: {}, flags: {}},
  {
    id: 'schemas:diff',
    hidden: false,
    args: {old: {name: 'old'}, new: {name: 'new'}},
    flags: {for: option('for', ['both', 'producers'])},
  },
  {
    id: 'schemas:export',
    hidden: false,
    args: {schema: {name: 'schema'}},
    flags: {
      registry: option('registry'),
      region: option('region'),
      all: flag('all'),
      quiet: flag('quiet', 'q'),
      secret: {...flag('secret'), hidden: true},
    },
  },
  {id: 'events:send', hidden: false, args: {file: {name: 'file'}}, flags: {schema: option('schema')}},
]
const next = (line: string) => nextWord(splitLine(line), commands)
const words = (...list: string[]) => ({kind: 'words', words: list})
const schemas = (partial: string, flags: string[] = []) => ({kind: 'schemas', partial, flags})

it.each<[string, object]>([
  ['', words('doctor', 'schemas', 'events')],
  ['s', words('schemas')],
  ['comp', words()],
  ['schemas ', words('diff', 'export')],
  ['schemas e', words('export')],
  ['schemas export', words('export')],
  ['nothing ', words()],
  ['schemas export ', schemas('')],
  ['schemas export my-', schemas('my-')],
  ['schemas export a@B:', schemas('a@B:')],
  ['schemas export x ', {kind: 'other'}],
  ['schemas export --all -q my-', schemas('my-', ['--all', '-q'])],
  ['schemas export --region eu --registry shop o', schemas('o', ['--region', 'eu', '--registry', 'shop'])],
  ['schemas export --registry=shop o', schemas('o', ['--registry=shop'])],
  ['schemas export --registry s', {kind: 'registries', partial: 's', flags: []}],
  ['schemas export --r', words('--region', '--registry')],
  ['schemas export --s', words()],
  ['schemas diff a b', schemas('b')],
  ['schemas diff - ', schemas('')],
  ['schemas diff --for ', words('both', 'producers')],
  ['schemas diff --for=p', words('--for=producers')],
  ['events send ', {kind: 'other'}],
  ['events send --schema o', schemas('o')],
])('"%s" goes on as it should', (line, expected) => {
  expect(next(line)).toEqual(expected)
})

it.each([
  ['a b', ['a', 'b']],
  ['a ', ['a', '']],
  ['  a  "b c" d\\ e', ['a', 'b c', 'd e']],
  ["a 'b", ['a', 'b']],
  ['', ['']],
])('splits %j as a shell does', (line, expected) => {
  expect(splitLine(line)).toEqual(expected)
})
