import type {CrawlerTargets} from '@aws-sdk/client-glue'
import {notEmulated} from '../../../service-error'
import {invalidInput} from '../errors'
import {nameOf, refuse} from '../input'
import type {CrawlerRow} from '../work-tables'
import {readOutputRules} from './output-rules'

type Definition = CrawlerRow['definition']

/** A crawler's definition with what Glue adds to it. Throws `InvalidInputException`. */
export function checkedCrawler(definition: Definition): Definition {
  if ((definition.Role ?? '') === '') throw invalidInput('Role must be given.')
  refuseWhatIsNotHere(definition)
  checkTargets(definition.Targets)
  readOutputRules(definition.Configuration)
  return {
    ...definition,
    DatabaseName: nameOf(definition.DatabaseName, 'databaseName'),
    Classifiers: [],
    RecrawlPolicy: {RecrawlBehavior: 'CRAWL_EVERYTHING'},
    LineageConfiguration: {CrawlerLineageSettings: 'DISABLE'},
    SchemaChangePolicy: {
      UpdateBehavior: definition.SchemaChangePolicy?.UpdateBehavior ?? 'UPDATE_IN_DATABASE',
      DeleteBehavior: definition.SchemaChangePolicy?.DeleteBehavior ?? 'DEPRECATE_IN_DATABASE',
    },
  }
}

function refuseWhatIsNotHere(definition: Definition): void {
  refuse(definition, ['Schedule', 'CrawlerSecurityConfiguration', 'CatalogId'])
  const {Classifiers: classifiers = [], RecrawlPolicy: recrawl, LineageConfiguration: lineage} = definition
  if (classifiers.length > 0) throw refused('Classifiers')
  const behaviour = recrawl?.RecrawlBehavior ?? 'CRAWL_EVERYTHING'
  if (behaviour !== 'CRAWL_EVERYTHING') throw refused(`RecrawlBehavior ${behaviour}`)
  if (lineage?.CrawlerLineageSettings === 'ENABLE') throw refused('Lineage')
  if (definition.LakeFormationConfiguration?.UseLakeFormationCredentials) throw refused('Lake Formation')
}

function checkTargets({S3Targets: targets = [], ...others}: CrawlerTargets = {}): void {
  const other = Object.entries(others).find(([, list]) => Array.isArray(list) && list.length > 0)
  if (other) throw refused(other[0])
  if (targets.length === 0) throw invalidInput('At least one S3 target must be given.')
  for (const {Path: path, ...rest} of targets) {
    if (!/^s3:\/\/[^/]+/.test(path ?? '')) throw invalidInput(`${path ?? 'The target'} is no place in S3.`)
    if ((rest.Exclusions ?? []).length > 0) throw refused('Exclusions')
    refuse(rest, ['ConnectionName', 'EventQueueArn', 'DlqEventQueueArn'])
    const {SampleSize: sample = 1} = rest
    if (sample < 1 || sample > 249) throw invalidInput('SampleSize must be from 1 to 249.')
  }
}

function refused(what: string): Error {
  return notEmulated(what, 'InvalidInputException')
}
