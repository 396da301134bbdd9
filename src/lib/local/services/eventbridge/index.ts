import type {Platform, Service} from '../../platform'
import {busOperations} from './buses'
import {testEventPattern} from './patterns'
import {permissionOperations} from './permissions'
import {putEvents} from './put-events'
import {openTables} from './rows'
import {RuleIndex} from './rule-index'
import {ruleOperations} from './rules'
import {tagOperations} from './tags'
import {targetOperations} from './targets'

/** Amazon EventBridge (the classic bus): buses, rules, targets, events. */
export function create(platform: Platform): Service {
  const {store} = platform
  const tables = openTables(store)
  const rules = new RuleIndex(tables)
  const changed = (region: string, bus: string) => rules.changed(region, bus)
  return {
    operations: {
      ...busOperations(store, tables, changed),
      ...ruleOperations(store, tables, changed),
      ...targetOperations(store, tables, changed),
      ...permissionOperations(store, tables),
      ...tagOperations(store, tables),
      PutEvents: putEvents(platform, tables, rules),
      TestEventPattern: testEventPattern,
    },
  }
}
