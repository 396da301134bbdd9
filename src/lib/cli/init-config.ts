import {stringify} from 'yaml'
import {cleanText} from '../render/clean-text'
import {defaultNames} from '../road/settings'

/** A binding as the file has it: its other members are written as they are, and checked with the whole text. */
export interface InitBinding {
  name: string
}

/** What `init` writes. Absent names keep their defaults and stand in the file as comments. */
export interface InitAnswers {
  bus?: string | undefined
  rule?: string | undefined
  stream?: string | undefined
  bucket?: string | undefined
  database?: string | undefined
  workgroup?: string | undefined
  source?: string | undefined
  detailType?: string | undefined
  /** Name of the environment that the place below belongs to. */
  environment: string
  region?: string | undefined
  profile?: string | undefined
  account?: string | undefined
  endpointUrl?: string | undefined
  local?: boolean | undefined
  /** Rules and targets that are deployed already. */
  bindings?: readonly InitBinding[] | undefined
  /** What could not be taken over of a deployment, in sentences. */
  remarks?: readonly string[] | undefined
}

const nameDefaults = {
  bus: defaultNames.bus,
  rule: defaultNames.rule,
  stream: defaultNames.stream,
  bucket: 'usage-ACCOUNT-REGION',
  database: defaultNames.database,
  workgroup: defaultNames.workgroup,
  source: defaultNames.source,
  detailType: defaultNames.detailType,
} as const

/** The text of `usage-tracker.yaml`: names of the road, the environment that was described, and a local one beside it. */
export function configText(answers: InitAnswers): string {
  const names = Object.entries(nameDefaults).map(([key, standard]) => {
    const value = answers[key as keyof typeof nameDefaults]
    return value === undefined ? `# ${key}: ${standard}` : `${key}: ${scalar(value)}`
  })
  return [
    '# What the commands of usage-tracker work on.',
    '# A flag counts more than a USAGE_TRACKER_* variable, that more than this file, that more than an AWS_* variable.',
    '',
    '# Names of the road. A line that is commented out shows the default.',
    ...names,
    '',
    ...remarkLines(answers.remarks ?? []),
    ...moreLines,
    ...bindingLines(answers.bindings ?? []),
    '# Chosen with --env NAME (or USAGE_TRACKER_ENV). Any name from above can stand in an environment too.',
    'environments:',
    ...environmentLines(answers),
    ...(answers.environment === 'local'
      ? []
      : [
          '  # The local endpoint: everything on this machine, no account needed.',
          '  local:',
          '    local: true',
        ]),
    '',
  ].join('\n')
}

/** What can stand in the file too: each line is right once its mark is taken away. */
const moreLines = [
  '# What a unit costs, for "report billing": a file beside this one.',
  '# pricePlan: prices.yaml',
  '',
  '# What Athena takes for a terabyte that a query scans, where it is not the price that most regions have.',
  '# athena: {pricePerTb: "6.75"}',
  '',
  '# Tags of everything that bind-target makes.',
  '# tags: {team: payments}',
  '',
]

const bindingsTitle = '# Rules and targets by name, for "bind-target NAME" and "bind-target --all".'

const exampleBinding = [
  '# bindings:',
  '#   - name: checkout',
  '#     rule: checkout-usage',
  '#     pattern: {source: [my-applications], detail: {service: {name: [checkout]}}}',
  '#     firehose: checkout-events',
  '',
]

function bindingLines(bindings: readonly InitBinding[]): string[] {
  if (bindings.length === 0) return [bindingsTitle, ...exampleBinding]
  return [bindingsTitle, ...stringify({bindings}, {lineWidth: 0}).trimEnd().split('\n'), '']
}

function remarkLines(remarks: readonly string[]): string[] {
  if (remarks.length === 0) return []
  return ['# Not taken over of what is deployed:', ...remarks.map((one) => `# - ${cleanText(one)}`), '']
}

function environmentLines(answers: InitAnswers): string[] {
  const {account, profile, region, endpointUrl, local} = answers
  const lines = [
    account === undefined
      ? '# account: "111122223333"   # with it, commands stop on any other account'
      : `account: ${JSON.stringify(account)}   # commands stop on any other account`,
    ...(profile === undefined ? ['# profile: my-profile'] : [`profile: ${scalar(profile)}`]),
    ...(region === undefined ? ['# region: eu-west-1'] : [`region: ${scalar(region)}`]),
    ...(endpointUrl === undefined ? [] : [`endpointUrl: ${scalar(endpointUrl)}`]),
    ...(local === true ? ['local: true'] : []),
  ]
  const said = lines.some((line) => !line.startsWith('#'))
  return [`  ${scalar(answers.environment)}:${said ? '' : ' {}'}`, ...lines.map((line) => `    ${line}`)]
}

/** Plain where YAML reads the same text back, else in quotes. */
function scalar(text: string): string {
  const plain =
    /^[A-Za-z][A-Za-z0-9_./-]*$/.test(text) && !/^(true|false|yes|no|on|off|null|y|n)$/i.test(text)
  return plain ? text : JSON.stringify(text)
}
