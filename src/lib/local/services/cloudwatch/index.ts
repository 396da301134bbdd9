import type {Platform, Service} from '../../platform'
import {getMetricData} from './get-metric-data'
import {getMetricStatistics} from './get-metric-statistics'
import {listMetrics} from './list-metrics'
import {putMetricData} from './put-metric-data'

/** Amazon CloudWatch: metrics. Alarms, dashboards, streams and insights are not there. */
export function create({metrics}: Platform): Service {
  return {
    operations: {
      GetMetricData: getMetricData(metrics),
      GetMetricStatistics: getMetricStatistics(metrics),
      ListMetrics: listMetrics(metrics),
      PutMetricData: putMetricData(metrics),
    },
  }
}
