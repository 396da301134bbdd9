import {defaultNames} from '../road/settings'
import type {InitAnswers} from './init-config'
import type {ConfigNames} from './config-types'
import {problemOf} from './init-check'
import {askText} from './prompts'

/** What flags have said already; `init` asks for the rest. */
export type InitGiven = {[K in keyof InitAnswers]?: InitAnswers[K] | undefined}

/** Asks on the terminal for what `given` lacks. Only Enter takes the default; no account means no pin. */
export async function askInit(given: InitGiven): Promise<InitAnswers> {
  const environment = given.environment ?? (await askText('Name of the environment', 'dev', notBlank))
  const place = given.local === true || given.endpointUrl !== undefined ? {} : await askPlace(given)
  return {
    ...given,
    ...place,
    environment,
    bus: given.bus ?? (await askText('Event bus', defaultNames.bus, fits('bus'))),
    rule: given.rule ?? (await askText('Rule', defaultNames.rule, fits('rule'))),
    stream: given.stream ?? (await askText('Firehose delivery stream', defaultNames.stream, fits('stream'))),
    database: given.database ?? (await askText('Glue database', defaultNames.database, fits('database'))),
    workgroup:
      given.workgroup ?? (await askText('Athena workgroup', defaultNames.workgroup, fits('workgroup'))),
  }
}

async function askPlace(given: InitGiven): Promise<InitGiven> {
  return {
    profile: given.profile ?? said(await askText('AWS profile (Enter: the default credentials)')),
    region: given.region ?? said(await askText('Region', 'us-east-1', fits('region'))),
    account:
      given.account ?? said(await askText('Only on this account (Enter: any)', undefined, checkAccount)),
  }
}

function checkAccount(text: string): true | string {
  return text.trim() === '' || /^\d{12}$/.test(text.trim()) || 'An account is 12 digits.'
}

function notBlank(text: string): true | string {
  return text.trim() !== '' || 'An environment needs a name.'
}

/** Refuses at the question what no command would take from the file. */
function fits(key: keyof ConfigNames): (text: string) => true | string {
  return (text) => problemOf(key, text.trim()) ?? true
}

function said(text: string): string | undefined {
  return text === '' ? undefined : text
}
