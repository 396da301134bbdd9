import {readFileSync} from 'node:fs'
import {GetCallerIdentityCommand} from '@aws-sdk/client-sts'
import {AwsClients} from '../../../src/lib/aws/clients'
import type {Network} from '../../../src/lib/aws/request-handler'
import {account, bundleFile, TestNetwork} from '../../_helpers/tls'

const caBundle = readFileSync(bundleFile, 'utf8')

async function callerAccount(endpoint: string, network: Network): Promise<string | undefined> {
  const credentials = {accessKeyId: 'test', secretAccessKey: 'test'}
  const clients = new AwsClients({region: 'eu-west-1', endpoint, credentials, ...network})
  try {
    const {Account} = await (await clients.sts()).send(new GetCallerIdentityCommand({}))
    return Account
  } finally {
    await clients.close()
  }
}

describe('the network of AwsClients', () => {
  let world: TestNetwork
  let host: string
  beforeEach(async () => {
    world = new TestNetwork()
    host = await world.secure()
  })
  afterEach(() => world.close())

  it('trusts the authorities of the bundle', async () => {
    expect(await callerAccount(`https://${host}`, {caBundle})).toBe(account)
  })

  it('does not trust an authority that no bundle names', async () => {
    await expect(callerAccount(`https://${host}`, {})).rejects.toThrow('unable to verify')
  })

  it('reaches an https endpoint through the proxy, and trusts the bundle there too', async () => {
    const network = {httpsProxy: `http://${await world.proxy()}`, caBundle}

    expect(await callerAccount(`https://${host}`, network)).toBe(account)
    expect(world.tunnels).toEqual([{target: host, authorization: undefined}])
  })

  it('checks the certificate behind the proxy', async () => {
    const network = {httpsProxy: `http://${await world.proxy()}`}

    await expect(callerAccount(`https://${host}`, network)).rejects.toThrow('unable to verify')
    expect(world.tunnels).toHaveLength(1)
  })

  it('hands the proxy the user and the password of its address', async () => {
    const httpsProxy = `http://alice:s%3Acret@${await world.proxy()}`

    await callerAccount(`https://${host}`, {httpsProxy, caBundle})

    expect(world.tunnels[0]?.authorization).toBe(`Basic ${Buffer.from('alice:s:cret').toString('base64')}`)
  })

  it('goes past the proxy to a host of NO_PROXY', async () => {
    const network = {httpsProxy: `http://${await world.proxy()}`, noProxy: host, caBundle}

    expect(await callerAccount(`https://${host}`, network)).toBe(account)
    expect(world.tunnels).toEqual([])
  })

  it('never asks the proxy for an http endpoint', async () => {
    const network = {httpsProxy: `http://${await world.proxy()}`}

    expect(await callerAccount(`http://${await world.plain()}`, network)).toBe(account)
    expect(world.tunnels).toEqual([])
  })

  it.each([
    [403, 'NO_PROXY'],
    [407, 'USER:PASSWORD'],
  ])('names the proxy that refuses with %i, and not its password', async (status, hint) => {
    const proxy = await world.proxy(status)
    const network = {httpsProxy: `http://alice:secret@${proxy}`, caBundle}

    await expect(callerAccount(`https://${host}`, network)).rejects.toMatchObject({
      kind: 'service',
      code: 'PROXY_REFUSED',
      message: `The proxy ${proxy} does not connect to ${host} (HTTP ${status}).`,
      hint: expect.stringContaining(hint) as string,
    })
  })
})
