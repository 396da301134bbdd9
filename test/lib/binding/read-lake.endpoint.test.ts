import {AwsClients} from '../../../src/lib/aws/clients'
import {readWorkgroup} from '../../../src/lib/binding/read/read-lake'
import {discard, testEndpoint} from '../../_helpers/endpoint'
import {faultyProxy} from '../doctor/_helpers/faulty-proxy'

describe('readWorkgroup', () => {
  it('finds none where the service answers without words of one', async () => {
    const endpoint = await testEndpoint()
    const {region, credentials} = endpoint.client
    const proxy = await faultyProxy(endpoint.url, {
      athena: {status: 200, contentType: 'application/x-amz-json-1.1', body: '{}'},
    })
    const clients = new AwsClients({region, credentials, endpoint: proxy.url})

    const found = await readWorkgroup(clients, 'nope')
    await clients.close()
    await proxy.close()
    await discard(endpoint)

    expect(found).toBeUndefined()
  })
})
