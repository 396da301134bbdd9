import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  GetMetricDataCommand,
  GetMetricStatisticsCommand,
  ListMetricsCommand,
  PutMetricDataCommand,
  type GetMetricDataCommandInput,
  type MetricDataQuery,
} from '@aws-sdk/client-cloudwatch'
import {discard, testEndpoint, type TestEndpoint} from '../../../../_helpers/endpoint'
import {call, signedFor} from '../../wire/_call'

const minute = 60_000
/** 2026-11-22T10:00:30Z, half a minute into a minute. */
const noon = Date.UTC(2026, 10, 22, 10, 0, 30)
const at = (hour: number, min: number) => new Date(Date.UTC(2026, 10, 22, hour, min))

describe('CloudWatch of the local endpoint', () => {
  let endpoint: TestEndpoint
  let cloudwatch: CloudWatchClient

  beforeEach(async () => {
    endpoint = await testEndpoint(undefined, () => noon)
    cloudwatch = new CloudWatchClient(endpoint.client)
  })

  afterEach(() => discard(endpoint))

  const put = (value: number, more: object = {}) =>
    cloudwatch.send(
      new PutMetricDataCommand({
        Namespace: 'Shop',
        MetricData: [{MetricName: 'Orders', Value: value, Unit: 'Count', ...more}],
      }),
    )

  const query = (more: Partial<MetricDataQuery> = {}, stat = 'Sum', period = 60): MetricDataQuery => ({
    Id: 'q',
    MetricStat: {Metric: {Namespace: 'Shop', MetricName: 'Orders'}, Period: period, Stat: stat},
    ...more,
  })

  const data = async (queries: MetricDataQuery[], more: Partial<GetMetricDataCommandInput> = {}) => {
    const input = {MetricDataQueries: queries, StartTime: at(9, 55), EndTime: at(10, 30), ...more}
    const {MetricDataResults = [], NextToken} = await cloudwatch.send(new GetMetricDataCommand(input))
    return {results: MetricDataResults, token: NextToken}
  }

  it('tells sum, average, extremes and number of the values of a minute', async () => {
    await put(2)
    await put(7)

    const {results} = await data(
      ['Sum', 'Average', 'Minimum', 'Maximum', 'SampleCount'].map((stat, i) => query({Id: `q${i}`}, stat)),
    )

    expect(results.map(({Values}) => Values)).toEqual([[9], [4.5], [2], [7], [2]])
    expect(results[0]).toEqual({
      Id: 'q0',
      Label: 'Orders',
      Timestamps: [at(10, 0)],
      Values: [9],
      StatusCode: 'Complete',
    })
  })

  it('answers the newest minute first unless asked otherwise', async () => {
    await put(1)
    await endpoint.advance(3 * minute)
    await put(2)

    const {results: newest} = await data([query()])
    const {results: oldest} = await data([query()], {ScanBy: 'TimestampAscending'})

    expect(newest[0]?.Timestamps).toEqual([at(10, 3), at(10, 0)])
    expect(newest[0]?.Values).toEqual([2, 1])
    expect(oldest[0]?.Timestamps).toEqual([at(10, 0), at(10, 3)])
  })

  it('gathers minutes into longer periods, counted from the start of the range', async () => {
    await put(1)
    await endpoint.advance(4 * minute)
    await put(2)
    await endpoint.advance(minute)
    await put(4)

    const {results} = await data([query({}, 'Sum', 300)], {ScanBy: 'TimestampAscending'})

    expect(results[0]?.Timestamps).toEqual([at(10, 0), at(10, 5)])
    expect(results[0]?.Values).toEqual([3, 4])
  })

  it('takes the start of a range as part of it, and its end not', async () => {
    await put(1)

    const {results: from} = await data([query()], {StartTime: at(10, 0), EndTime: at(10, 1)})
    const {results: until} = await data([query()], {StartTime: at(9, 59), EndTime: at(10, 0)})

    expect(from[0]?.Values).toEqual([1])
    expect(until).toEqual([{Id: 'q', Label: 'Orders', Timestamps: [], Values: [], StatusCode: 'Complete'}])
  })

  it('answers a metric of exactly the dimensions asked for, in any order', async () => {
    const one = [
      {Name: 'b', Value: '2'},
      {Name: 'a', Value: '1'},
    ]
    await put(5, {Dimensions: one})

    const of = (Dimensions: typeof one) =>
      query({
        MetricStat: {Metric: {Namespace: 'Shop', MetricName: 'Orders', Dimensions}, Period: 60, Stat: 'Sum'},
      })
    const values = async (dimensions: typeof one) => (await data([of(dimensions)])).results[0]?.Values

    expect(await values([...one].reverse())).toEqual([5])
    expect(await values(one.slice(0, 1))).toEqual([])
    expect(await values([])).toEqual([])
  })

  it('keeps regions apart', async () => {
    await put(5)
    const elsewhere = new CloudWatchClient({...endpoint.client, region: 'us-east-2'})

    const {Metrics: there} = await elsewhere.send(new ListMetricsCommand({Namespace: 'Shop'}))
    const {Metrics: here} = await cloudwatch.send(new ListMetricsCommand({Namespace: 'Shop'}))

    expect(there).toEqual([])
    expect(here).toHaveLength(1)
  })

  it('takes values with counts, and statistics that the caller has made', async () => {
    await put(0, {Value: undefined, Values: [1, 10], Counts: [3, 1]})
    await put(0, {Value: undefined, StatisticValues: {Sum: 20, SampleCount: 4, Minimum: 0.5, Maximum: 12}})

    const {results} = await data(
      ['Sum', 'SampleCount', 'Minimum', 'Maximum'].map((stat, i) => query({Id: `q${i}`}, stat)),
    )

    expect(results.map(({Values}) => Values?.[0])).toEqual([33, 8, 0.5, 12])
  })

  it('puts a value into the minute of its own time', async () => {
    await put(3, {Timestamp: at(9, 57)})

    const {results} = await data([query()])

    expect(results[0]?.Timestamps).toEqual([at(9, 57)])
  })

  it('leaves values of another unit out where a unit is asked for', async () => {
    await put(3)
    await put(50, {Unit: 'Seconds'})

    const stat = {Metric: {Namespace: 'Shop', MetricName: 'Orders'}, Period: 60, Stat: 'Sum'}
    const {results} = await data([
      query({Id: 'all', MetricStat: stat}),
      query({Id: 'seconds', MetricStat: {...stat, Unit: 'Seconds'}}),
    ])

    expect(results.map(({Values}) => Values)).toEqual([[53], [50]])
  })

  it('returns what is wanted, under the label that is given', async () => {
    await put(3)

    const {results} = await data([
      query({Id: 'hidden', ReturnData: false}),
      query({Id: 'shown', Label: 'orders'}),
    ])

    expect(results.map(({Id, Label}) => [Id, Label])).toEqual([['shown', 'orders']])
  })

  it('answers in pages of datapoints, and says of a metric that goes on that this is a part', async () => {
    for (const min of [56, 57, 58]) await put(min, {Timestamp: at(9, min)})
    const queries = [query({Id: 'a'}), query({Id: 'b'})]
    const first = await data(queries, {MaxDatapoints: 4})
    const second = await data(queries, {MaxDatapoints: 4, NextToken: first.token})

    expect(first.results.map(({Id, Values, StatusCode}) => [Id, Values, StatusCode])).toEqual([
      ['a', [58, 57, 56], 'Complete'],
      ['b', [58], 'PartialData'],
    ])
    expect(second.results.map(({Id, Values, StatusCode}) => [Id, Values, StatusCode])).toEqual([
      ['b', [57, 56], 'Complete'],
    ])
    expect(second.token).toBeUndefined()
  })

  it('keeps values for fifteen days of its clock', async () => {
    await put(1)
    const all = {StartTime: at(9, 55), EndTime: new Date(noon + 30 * 24 * 60 * minute)}
    await endpoint.advance((15 * 24 * 60 - 1) * minute)
    const {results: before} = await data([query()], all)
    await endpoint.advance(2 * minute)
    const {results: after} = await data([query()], all)

    expect(before[0]?.Values).toEqual([1])
    expect(after[0]?.Values).toEqual([])
  })

  it('lists metrics by namespace, name and dimensions, each once whatever its units', async () => {
    await put(1, {Dimensions: [{Name: 'Place', Value: 'north'}]})
    await put(1, {Dimensions: [{Name: 'Place', Value: 'south'}], Unit: 'Seconds'})
    await put(1, {Dimensions: [{Name: 'Place', Value: 'south'}]})
    await put(1, {MetricName: 'Returns'})
    const list = async (input: object) => {
      const {Metrics = []} = await cloudwatch.send(new ListMetricsCommand({Namespace: 'Shop', ...input}))
      return Metrics.map(({MetricName, Dimensions = []}) => [MetricName, ...Dimensions.map((d) => d.Value)])
    }

    expect(await list({})).toEqual([['Orders', 'north'], ['Orders', 'south'], ['Returns']])
    expect(await list({MetricName: 'Returns'})).toEqual([['Returns']])
    expect(await list({Dimensions: [{Name: 'Place'}]})).toEqual([
      ['Orders', 'north'],
      ['Orders', 'south'],
    ])
    expect(await list({Dimensions: [{Name: 'Place', Value: 'south'}]})).toEqual([['Orders', 'south']])
    expect(await list({Namespace: 'Elsewhere'})).toEqual([])
  })

  it('lists only metrics of the last three hours where that is asked', async () => {
    await put(1)
    await endpoint.advance(4 * 60 * minute)
    await put(1, {MetricName: 'Returns'})

    const {Metrics} = await cloudwatch.send(
      new ListMetricsCommand({RecentlyActive: 'PT3H', Namespace: 'Shop'}),
    )

    expect(Metrics?.map(({MetricName}) => MetricName)).toEqual(['Returns'])
  })

  it('lists 500 metrics a page', async () => {
    for (const part of [0, 1]) {
      await cloudwatch.send(
        new PutMetricDataCommand({
          Namespace: 'Shop',
          MetricData: Array.from({length: 300}, (_, i) => ({MetricName: `m${part * 300 + i}`, Value: 1})),
        }),
      )
    }

    const first = await cloudwatch.send(new ListMetricsCommand({}))
    const second = await cloudwatch.send(new ListMetricsCommand({NextToken: first.NextToken}))

    expect(first.Metrics).toHaveLength(500)
    expect(second.Metrics).toHaveLength(100)
    expect(second.NextToken).toBeUndefined()
  })

  it('gives several statistics of one metric', async () => {
    await put(2)
    await put(4)

    const {Label, Datapoints} = await cloudwatch.send(
      new GetMetricStatisticsCommand({
        Namespace: 'Shop',
        MetricName: 'Orders',
        StartTime: at(9, 55),
        EndTime: at(10, 30),
        Period: 300,
        Statistics: ['Sum', 'Maximum'],
      }),
    )

    expect(Label).toBe('Orders')
    expect(Datapoints).toEqual([{Timestamp: at(10, 0), Unit: 'Count', Sum: 6, Maximum: 4}])
  })

  it.each<[string, Partial<GetMetricDataCommandInput>, string, RegExp]>([
    [
      'a range that ends before it begins',
      {StartTime: at(10, 0), EndTime: at(9, 0)},
      'ValidationException',
      /StartTime must be less/,
    ],
    ['one id twice', {MetricDataQueries: [query(), query()]}, 'ValidationException', /not unique/],
    ['an id in capitals', {MetricDataQueries: [query({Id: 'Q'})]}, 'ValidationException', /expected pattern/],
    [
      'a period of 90 s',
      {MetricDataQueries: [query({}, 'Sum', 90)]},
      'ValidationException',
      /multiple of 60/,
    ],
    ['an unknown order', {ScanBy: 'Sideways' as never}, 'ValidationException', /ScanBy/],
    ['a token that is none', {NextToken: 'nothing'}, 'InvalidNextToken', /NextToken/],
    [
      'more than 500 queries',
      {MetricDataQueries: Array.from({length: 501}, (_, i) => query({Id: `q${i}`}))},
      'ValidationException',
      /500/,
    ],
    [
      'a period of 10 s',
      {MetricDataQueries: [query({}, 'Sum', 10)]},
      'InvalidParameterValueException',
      /not supported/,
    ],
    [
      'a percentile',
      {MetricDataQueries: [query({}, 'p99')]},
      'InvalidParameterValueException',
      /statistic p99 is not supported/,
    ],
    [
      'an expression',
      {MetricDataQueries: [{Id: 'e', Expression: 'SUM(METRICS())'}]},
      'InvalidParameterValueException',
      /Expression \(metric math\).*not supported/,
    ],
    [
      'another account',
      {MetricDataQueries: [query({AccountId: '111122223333'})]},
      'InvalidParameterValueException',
      /AccountId.*not supported/,
    ],
  ])('refuses %s', async (_, input, name, message) => {
    await expect(data([query()], input)).rejects.toMatchObject({
      name,
      message: expect.stringMatching(message) as string,
    })
  })

  it.each<[string, object, string]>([
    [
      'a namespace of AWS',
      {Namespace: 'AWS/Events', MetricData: [{MetricName: 'm', Value: 1}]},
      'InvalidParameterValueException',
    ],
    ['no value', {Namespace: 'Shop', MetricData: [{MetricName: 'm'}]}, 'MissingRequiredParameterException'],
    [
      'two kinds of value',
      {Namespace: 'Shop', MetricData: [{MetricName: 'm', Value: 1, Values: [1]}]},
      'InvalidParameterCombinationException',
    ],
    [
      'a time of three weeks ago',
      {
        Namespace: 'Shop',
        MetricData: [{MetricName: 'm', Value: 1, Timestamp: new Date(noon - 21 * 24 * 60 * minute)}],
      },
      'InvalidParameterValueException',
    ],
    [
      'a resolution of a second',
      {Namespace: 'Shop', MetricData: [{MetricName: 'm', Value: 1, StorageResolution: 1}]},
      'InvalidParameterValueException',
    ],
  ])('takes no metric data with %s', async (_, input, name) => {
    await expect(cloudwatch.send(new PutMetricDataCommand(input as never))).rejects.toMatchObject({name})
    const {Metrics} = await cloudwatch.send(new ListMetricsCommand({}))
    expect(Metrics).toEqual([])
  })

  it('refuses more than 1440 datapoints of GetMetricStatistics', async () => {
    const input = {
      Namespace: 'Shop',
      MetricName: 'Orders',
      StartTime: at(0, 0),
      EndTime: new Date(at(0, 0).getTime() + 1441 * minute),
      Period: 60,
      Statistics: ['Sum' as const],
    }

    await expect(cloudwatch.send(new GetMetricStatisticsCommand(input))).rejects.toMatchObject({
      name: 'InvalidParameterCombinationException',
    })
  })

  it('refuses operations that are not there by their name', async () => {
    await expect(cloudwatch.send(new DescribeAlarmsCommand({}))).rejects.toMatchObject({
      name: 'UnknownOperationException',
      message: expect.stringContaining('DescribeAlarms') as string,
    })
  })

  it('names the code of the query protocol in the header that SDKs of the older protocol read', async () => {
    const answer = await call(endpoint.url, {
      headers: {
        authorization: signedFor('monitoring'),
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': 'GraniteServiceVersion20100801.ListMetrics',
      },
      body: JSON.stringify({RecentlyActive: 'P1D'}),
    })

    expect(answer.status).toBe(400)
    expect(answer.headers['x-amzn-query-error']).toBe('InvalidParameterValue;Sender')
    expect(JSON.parse(answer.body)).toMatchObject({
      __type: 'com.amazonaws.cloudwatch#InvalidParameterValueException',
    })
  })

  describe('in the query protocol', () => {
    const form = (fields: Record<string, string>) =>
      call(endpoint.url, {
        headers: {
          authorization: signedFor('monitoring'),
          'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
        },
        body: new URLSearchParams({Version: '2010-08-01', ...fields}).toString(),
      })

    it('takes and answers forms', async () => {
      const sent = await form({
        Action: 'PutMetricData',
        Namespace: 'Shop',
        'MetricData.member.1.MetricName': 'Orders',
        'MetricData.member.1.Value': '4.5',
      })
      const got = await form({
        Action: 'GetMetricData',
        StartTime: '2026-11-22T09:55:00Z',
        EndTime: '2026-11-22T10:30:00Z',
        'MetricDataQueries.member.1.Id': 'q',
        'MetricDataQueries.member.1.MetricStat.Metric.Namespace': 'Shop',
        'MetricDataQueries.member.1.MetricStat.Metric.MetricName': 'Orders',
        'MetricDataQueries.member.1.MetricStat.Period': '60',
        'MetricDataQueries.member.1.MetricStat.Stat': 'Sum',
      })

      expect(sent.status).toBe(200)
      expect(got.headers['content-type']).toBe('text/xml')
      expect(got.body).toContain(
        '<GetMetricDataResponse xmlns="http://monitoring.amazonaws.com/doc/2010-08-01/">',
      )
      expect(got.body).toContain('<Timestamps><member>2026-11-22T10:00:00Z</member></Timestamps>')
      expect(got.body).toContain('<Values><member>4.5</member></Values>')
    })

    it('answers errors with their codes', async () => {
      const {status, body} = await form({Action: 'ListMetrics', RecentlyActive: 'P1D'})

      expect(status).toBe(400)
      expect(body).toContain('<Code>InvalidParameterValue</Code>')
    })
  })

  it('refuses CBOR with a word on what to use', async () => {
    const answer = await call(endpoint.url, {
      path: '/service/GraniteServiceVersion20100801/operation/ListMetrics',
      headers: {
        'smithy-protocol': 'rpc-v2-cbor',
        'content-type': 'application/cbor',
        accept: 'application/cbor',
      },
      body: Buffer.from([0xa0]),
    })

    expect(answer.status).toBe(415)
    expect(answer.body).toContain('rpc-v2-cbor is not spoken')
  })
})
