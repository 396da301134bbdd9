import type {ServiceDefinition} from './service-definition'

/** Every service of the endpoint. */
export const serviceList: readonly ServiceDefinition[] = [
  {
    name: 'events',
    protocol: 'json-1.1',
    targetPrefix: 'AWSEvents',
    schemas: () => import('@aws-sdk/client-eventbridge'),
    load: () => import('./services/eventbridge/index'),
  },
  {
    name: 'firehose',
    protocol: 'json-1.1',
    targetPrefix: 'Firehose_20150804',
    schemas: () => import('@aws-sdk/client-firehose'),
    load: () => import('./services/firehose/index'),
  },
  {
    name: 'athena',
    protocol: 'json-1.1',
    targetPrefix: 'AmazonAthena',
    schemas: () => import('@aws-sdk/client-athena'),
    load: () => import('./services/athena/index'),
  },
  {
    name: 'glue',
    protocol: 'json-1.1',
    targetPrefix: 'AWSGlue',
    schemas: () => import('@aws-sdk/client-glue'),
    load: () => import('./services/glue/index'),
  },
  {
    name: 'sqs',
    protocol: 'json-1.0',
    targetPrefix: 'AmazonSQS',
    schemas: () => import('@aws-sdk/client-sqs'),
    load: () => import('./services/sqs/index'),
  },
  {
    name: 'kinesis',
    protocol: 'json-1.1',
    targetPrefix: 'Kinesis_20131202',
    schemas: () => import('@aws-sdk/client-kinesis'),
    load: () => import('./services/kinesis/index'),
  },
  {
    name: 'logs',
    protocol: 'json-1.1',
    targetPrefix: 'Logs_20140328',
    schemas: () => import('@aws-sdk/client-cloudwatch-logs'),
    load: () => import('./services/logs/index'),
  },
  {
    name: 'schemas',
    protocol: 'rest-json',
    schemas: () => import('@aws-sdk/client-schemas'),
    load: () => import('./services/schemas/index'),
  },
  {
    name: 's3',
    protocol: 'rest-xml',
    schemas: () => import('@aws-sdk/client-s3'),
    load: () => import('./services/s3/index'),
  },
  {
    name: 'iam',
    protocol: 'query',
    apiVersion: '2010-05-08',
    schemas: () => import('@aws-sdk/client-iam'),
    load: () => import('./services/iam/index'),
  },
  {
    name: 'sts',
    protocol: 'query',
    apiVersion: '2011-06-15',
    schemas: () => import('@aws-sdk/client-sts'),
    load: () => import('./services/sts/index'),
  },
  {
    name: 'monitoring',
    protocol: 'json-1.0-or-query',
    targetPrefix: 'GraniteServiceVersion20100801',
    apiVersion: '2010-08-01',
    schemas: () => import('@aws-sdk/client-cloudwatch'),
    load: () => import('./services/cloudwatch/index'),
  },
]
