import {askPattern} from '../../../src/lib/cli/pattern-questions'
import {writePattern} from '../../../src/lib/pattern/write/write-pattern'
import {usageEventFields} from '../../../src/lib/usage-event/fields'
import {Scripted} from '../../_helpers/scripted-asker'

const contract = {detailType: 'api-usage-event', fields: usageEventFields()}

async function answered(...answers: string[]) {
  const asker = new Scripted(answers)
  const request = await askPattern(asker, contract, {source: 'my-applications'})
  return {asker, request}
}

const enter = ''

describe('askPattern', () => {
  it('takes the configured source and detail-type when only Enter is pressed', async () => {
    const {request} = await answered(enter, enter, enter)

    expect(request).toEqual({sources: ['my-applications'], detailTypes: ['api-usage-event'], where: []})
  })

  it('asks for no source and no detail-type after a star', async () => {
    const {request} = await answered('*', ' * ', enter)

    expect(request).toEqual({sources: [], detailTypes: [], where: []})
  })

  it('takes conditions one by one until there are no more', async () => {
    const {request} = await answered(
      ...['a, b', enter],
      ...['detail.response.status', '>=', '500'],
      ...['detail.customer.plan', '=', 'pro,enterprise'],
      ...['detail.user.id', 'missing'],
      enter,
    )

    expect(writePattern(request, contract).pattern).toEqual({
      source: ['a', 'b'],
      'detail-type': ['api-usage-event'],
      detail: {
        response: {status: [{numeric: ['>=', 500]}]},
        customer: {plan: ['pro', 'enterprise']},
        user: {id: [{exists: false}]},
      },
    })
  })

  it('offers the operators that fit the type of the field', async () => {
    const {asker} = await answered(enter, enter, 'detail.test', '=', 'true', enter)
    const {asker: status} = await answered(enter, enter, 'detail.response.status', 'exists', enter)
    const offered = async (field: string) => {
      const last = new Scripted([enter, enter, field])
      await askPattern(last, contract, {source: 'a'}).catch(() => undefined)
      return last.offered.map((name) => name.split(' ')[0])
    }

    expect([asker.heard, status.heard]).toEqual([[], []])
    expect(await offered('detail.test')).toEqual(['=', 'exists', 'missing'])
    expect(await offered('detail.response.status')).toEqual([
      '=',
      '!=',
      '<',
      '<=',
      '>',
      '>=',
      'exists',
      'missing',
    ])
    expect(await offered('detail.feature')).toEqual([
      '=',
      '!=',
      '^=',
      '$=',
      '~=',
      'like',
      'in',
      'exists',
      'missing',
    ])
    expect(await offered('detail.attributes.coupon')).toHaveLength(13)
  })

  it('takes a field that no contract knows', async () => {
    const {request} = await answered(enter, 'order-placed', 'detail.total', '>', '10', enter)

    expect(writePattern(request, contract).pattern).toMatchObject({detail: {total: [{numeric: ['>', 10]}]}})
  })

  it('refuses a value at the question and asks again', async () => {
    const {asker, request} = await answered(
      enter,
      enter,
      'detail.response.status',
      '=',
      'ok',
      '"200"',
      '200',
      enter,
    )

    expect(request.where?.map((where) => where.text)).toEqual(['detail.response.status = 200'])
    expect(asker.heard).toEqual([
      'detail.response.status = ok can never hold: detail.response.status is an integer, and "ok" is not.',
      'detail.response.status = "200" can never hold: detail.response.status is an integer, and "200" is not.',
    ])
  })

  it('refuses a condition that does not go with those before it, and asks for another', async () => {
    const {asker, request} = await answered(
      ...[enter, enter, 'detail.feature', '=', 'a'],
      ...['detail.feature', 'missing'],
      enter,
    )

    expect(request.where).toHaveLength(1)
    expect(asker.heard).toEqual([
      'No value of detail.feature satisfies detail.feature = a and detail.feature missing.',
    ])
  })

  it('refuses a list that cannot be read', async () => {
    const {asker, request} = await answered('a,,b', 'a,b', enter, enter)

    expect(request.sources).toEqual(['a', 'b'])
    expect(asker.heard).toHaveLength(1)
  })
})
