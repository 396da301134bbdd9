import {defaultNames} from '../road/settings'
import type {InitAnswers} from './init-config'
import {askText} from './prompts'

/** What flags have said already; `init` asks for the rest. */
export type InitGiven = {[K in keyof InitAnswers]?: InitAnswers[K] | undefined}

/** Asks on the terminal for what `given` lacks. Only Enter takes the default; no account means no pin. */
export async function askInit(given: InitGiven): Promise<InitAnswers> {
  const environment = given.environment ?? (await askText('Name of the environment', 'dev'))
  const place = given.local === true || given.endpointUrl !== undefined ? {} : await askPlace(given)
  return {
    ...given,
    ...place,
    environment,
    bus: given.bus ?? (await askText('Event bus', defaultNames.bus)),
    rule: given.rule ?? (await askText('Rule', defaultNames.rule)),
    stream: given.stream ?? (await askText('Firehose delivery stream', defaultNames.stream)),
    database: given.database ?? (await askText('Glue database', defaultNames.database)),
    workgroup: given.workgroup ?? (await askText('Athena workgroup', defaultNames.workgroup)),
  }
}

async function askPlace(given: InitGiven): Promise<InitGiven> {
  return {
    profile: given.profile ?? said(await askText('AWS profile (Enter: the default credentials)')),
    region: given.region ?? said(await askText('Region', 'us-east-1')),
    account:
      given.account ?? said(await askText('Only on this account (Enter: any)', undefined, checkAccount)),
  }
}

function checkAccount(text: string): true | string {
  return text === '' || /^\d{12}$/.test(text) || 'An account is 12 digits.'
}

function said(text: string): string | undefined {
  return text === '' ? undefined : text
}
