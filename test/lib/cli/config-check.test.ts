import {checkConfig} from '../../../src/lib/cli/config-check'

const check = (...lines: string[]) => checkConfig(lines.join('\n'), 'usage-tracker.yaml')

describe('checkConfig', () => {
  it('reads names, bindings and environments', () => {
    const content = check(
      'bus: orders',
      'bindings:',
      '  - name: api',
      '    pattern: {source: [orders]}',
      'environments:',
      '  prod: {region: eu-west-1, account: "111122223333"}',
    )

    expect(content).toEqual({
      bus: 'orders',
      bindings: [{name: 'api', pattern: {source: ['orders']}}],
      environments: {prod: {region: 'eu-west-1', account: '111122223333'}},
    })
  })

  it('takes an empty file', () => {
    expect(check('# nothing yet')).toEqual({})
  })

  it.each([
    [['bus: a', 'buss: b'], 'usage-tracker.yaml:2:1: there is no key "buss". Did you mean "bus"?'],
    [
      ['environments:', '  prod:', '    regoin: eu-west-1'],
      'usage-tracker.yaml:3:5: there is no key "regoin" in "environments.prod". Did you mean "region"?',
    ],
    [
      ['account: 111122223333'],
      'usage-tracker.yaml:1:10: "account" must be a text (in quotes where it is made of digits), not 111122223333.',
    ],
    [['account: "12"'], 'usage-tracker.yaml:1:10: "account" must be 12 digits, in quotes, not "12".'],
    [
      ['features:', '  search: {aliases: [find]}', '  export: {alias: [x]}'],
      'usage-tracker.yaml:3:12: there is no key "alias" in "features.export". Did you mean "aliases"?',
    ],
    [
      ['features:', '  search: {aliases: [find]}', '  export: {aliases: [save, find]}'],
      'usage-tracker.yaml:3:28: "find" is a name of the feature "search" already.',
    ],
    [
      ['athena: {pricePerTb: 6.75}'],
      'usage-tracker.yaml:1:22: "athena.pricePerTb" must be a text (in quotes where it is made of digits), not 6.75.',
    ],
    [
      ['athena:', '  pricePerTb: "a lot"'],
      'usage-tracker.yaml:2:15: "athena.pricePerTb" must be a decimal number in quotes, such as "6.75", not "a lot".',
    ],
    [['local: maybe'], 'usage-tracker.yaml:1:8: "local" must be true or false, not "maybe".'],
    [['bindings:', '  - rule: r'], 'usage-tracker.yaml:2:5: "bindings.0" needs the key "name".'],
    [['bus: ""'], 'usage-tracker.yaml:1:6: "bus" must be letters, digits and . _ / -, not "".'],
    [['bus: a', 'bus: b'], 'usage-tracker.yaml:2:1: Map keys must be unique'],
    [['- a'], 'usage-tracker.yaml:1:1: the file must be a mapping (key: value), not ["a"].'],
  ])('says where %j is wrong, and what is right', (lines, message) => {
    expect(() => check(...lines)).toThrow(
      expect.objectContaining({kind: 'usage', code: 'BAD_CONFIG', message}),
    )
  })

  it('lists the keys where none is near', () => {
    expect(() => check('bindings: [{name: a, colour: red}]')).toThrow(
      'usage-tracker.yaml:1:22: there is no key "colour" in "bindings.0". Keys are name, bus, rule, pattern, firehose, ' +
        'target, recordFormat, bucket, database, workgroup, dlq, description, ',
    )
  })
})
