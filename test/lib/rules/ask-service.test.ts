import {EventBridgeClient} from '@aws-sdk/client-eventbridge'
import {parsePattern} from '../../../src/lib/pattern/parse-pattern'
import {askEventBridge} from '../../../src/lib/rules/ask-service'
import {faultyProxy} from '../doctor/_helpers/faulty-proxy'

describe('a service that is asked whether a pattern matches', () => {
  it('has given no answer where it says neither yes nor no', async () => {
    const empty = {status: 200, contentType: 'application/x-amz-json-1.1', body: '{}'}
    const proxy = await faultyProxy('', {events: empty})
    const credentials = {accessKeyId: 'test', secretAccessKey: 'test'}
    const client = new EventBridgeClient({endpoint: proxy.url, region: 'eu-west-1', credentials})

    const asked = askEventBridge(client)(parsePattern('{"source":["a"]}'), '{}')
    const error: unknown = await asked.catch((thrown: unknown) => thrown)
    client.destroy()
    await proxy.close()

    expect(error).toMatchObject({
      kind: 'service',
      code: 'BAD_ANSWER',
      message: 'The endpoint did not say whether the pattern matches.',
    })
  })
})
