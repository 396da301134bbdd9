import {bindTarget} from './commands/bind-target'
import {doctor} from './commands/doctor'
import {finding, replaying, sending, sendingAgain, sendingOrConfirming, tailing} from './commands/events'
import {init} from './commands/init'
import {lakeCompact, lakeErase, lakeInit, lakeStatus} from './commands/lake'
import {patternLint, patternTest} from './commands/patterns'
import {billing, reconcile, report} from './commands/reports'
import {
  complete,
  openingSchema,
  schemasDiff,
  schemasDiscover,
  schemasExport,
  schemasList,
  schemasSample,
  schemasShow,
  schemasValidate,
} from './commands/schemas'
import {unbindTarget} from './commands/unbind-target'
import type {Permission} from './permission'

/**
 * What each command that speaks to AWS may need to be let do, by the command's id. The tests record every call of every run and hold the
 * two against each other: a call that is not listed fails, and so does an action that no test ever called.
 */
export const permissionsOf: Readonly<Record<string, readonly Permission[]>> = {
  'bind-target': bindTarget,
  complete,
  doctor,
  'events:find': finding,
  'events:import': sending,
  'events:replay:archive': replaying,
  'events:replay:lake': sendingAgain,
  'events:send': [...sendingOrConfirming, ...openingSchema],
  'events:tail': tailing,
  init,
  'lake:compact': lakeCompact,
  'lake:erase': lakeErase,
  'lake:init': lakeInit,
  'lake:status': lakeStatus,
  'pattern:lint': patternLint,
  'pattern:test': patternTest,
  'report:billing': billing,
  'report:bottlenecks': report,
  'report:customers': report,
  'report:features': report,
  'report:reconcile': reconcile,
  'report:run': report,
  'report:trending': report,
  'schemas:diff': schemasDiff,
  'schemas:discover': schemasDiscover,
  'schemas:export': schemasExport,
  'schemas:list': schemasList,
  'schemas:sample': schemasSample,
  'schemas:show': schemasShow,
  'schemas:validate': schemasValidate,
  'unbind-target': unbindTarget,
}
