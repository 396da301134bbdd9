import {billingReport} from './billing'
import {bottlenecksReport} from './bottlenecks'
import {customersReport} from './customers'
import {featuresReport} from './features'
import {reconcileReport} from './reconcile/reconcile-report'
import {trendingReport} from './trending'

/** Every canned report, by what it says and where its query is. */
export const allReports: readonly {name: string; summary: string; sqlFile: string}[] = [
  billingReport,
  bottlenecksReport,
  customersReport,
  featuresReport,
  reconcileReport,
  trendingReport,
].map(({name, summary, sqlFile}) => ({name, summary, sqlFile}))
