import type {Platform, Service} from '../../platform'
import {ArchivedEvents} from './archives/archived-events'
import {archiveDeletion, archiveOperations} from './archives/archives'
import {archiveReads} from './archives/archive-reads'
import {replayReads} from './archives/replay-reads'
import {ReplayRunner} from './archives/replay-runner'
import {replayOperations} from './archives/replays'
import {busOperations} from './buses'
import {deliverTo} from './deliver'
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
  const archived = new ArchivedEvents(store, tables.archives, platform.clock, platform.sequence)
  const replays = new ReplayRunner(platform, tables, archived, rules)
  archived.expire()
  replays.resume()
  const changed = (region: string, bus: string) => rules.changed(region, bus)
  return {
    operations: {
      ...busOperations(store, tables, changed),
      ...ruleOperations(store, tables, changed),
      ...targetOperations(store, tables, changed),
      ...archiveOperations(platform, tables, archived, changed),
      ...archiveDeletion(platform, tables, archived, changed),
      ...archiveReads(tables, archived),
      ...replayOperations(platform, tables, replays),
      ...replayReads(tables),
      ...permissionOperations(store, tables),
      ...tagOperations(store, tables),
      PutEvents: putEvents(platform, tables, rules),
      TestEventPattern: testEventPattern,
    },
    deliver: deliverTo(platform, tables, rules, archived),
    flush: () => replays.settled(),
    settled: () => replays.settled(),
    close: () => replays.close(),
  }
}
