import {spawn} from 'node:child_process'
import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {temporaryFolder} from '../_helpers/endpoint'
import {account, bundleFile, TestNetwork} from '../_helpers/tls'
import {bareEnvironment} from '../_helpers/tool'

const runJs = join(__dirname, '..', '..', 'bin', 'run.js')
const keys = {AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test'}

interface Failure {
  status: number | null
  code: string
  message: string
}

/** A command that asks for the caller's account first and goes no further, as another account is pinned. */
async function check(env: Record<string, string>, words: readonly string[] = []): Promise<Failure> {
  const args = [runJs, 'bind-target', '--check', '--json', ...words]
  const pinned = {USAGE_TRACKER_ACCOUNT: '999999999999', AWS_REGION: 'eu-west-1'}
  const child = spawn(process.execPath, args, {
    cwd: temporaryFolder(),
    env: {...bareEnvironment(), ...pinned, ...env},
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  let text = ''
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()))
  const status = await new Promise<number | null>((resolve) => child.once('close', resolve))
  const {error} = JSON.parse(text) as {error: {code: string; message: string}}
  return {status, code: error.code, message: error.message}
}

describe('HTTPS_PROXY, NO_PROXY and AWS_CA_BUNDLE', () => {
  let world: TestNetwork
  beforeEach(() => (world = new TestNetwork()))
  afterEach(() => world.close())

  it('lead to an https endpoint through the proxy', async () => {
    const host = await world.secure()
    const env = {...keys, HTTPS_PROXY: `http://${await world.proxy()}`, AWS_CA_BUNDLE: bundleFile}

    expect(await check(env, ['--endpoint-url', `https://${host}`])).toEqual({
      status: 4,
      code: 'ACCOUNT_MISMATCH',
      message: `The configuration pins account 999999999999, but the caller's is ${account}. Nothing was read.`,
    })
    expect(world.tunnels).toMatchObject([{target: host}])
  })

  it('lead past the proxy where NO_PROXY names the host', async () => {
    const host = await world.secure()
    const proxy = `http://${await world.proxy()}`
    const env = {...keys, HTTPS_PROXY: proxy, NO_PROXY: 'localhost', AWS_CA_BUNDLE: bundleFile}

    expect((await check(env, ['--endpoint-url', `https://${host}`])).code).toBe('ACCOUNT_MISMATCH')
    expect(world.tunnels).toEqual([])
  })

  it('are missed in words where a certificate is not trusted', async () => {
    expect(await check(keys, ['--endpoint-url', `https://${await world.secure()}`])).toEqual({
      status: 5,
      code: 'CERTIFICATE_NOT_TRUSTED',
      // Newer versions of Node add their own advice to the middle of it.
      message: expect.stringMatching(
        /^Could not ask for the caller's account: the certificate of the endpoint is not accepted: unable to verify the first certificate.* \(UNABLE_TO_VERIFY_LEAF_SIGNATURE\)\.$/,
      ),
    })
  })

  it('count for the services on AWS', async () => {
    const proxy = await world.proxy(403)

    expect(await check({...keys, https_proxy: proxy})).toEqual({
      status: 5,
      code: 'PROXY_REFUSED',
      message: `The proxy ${proxy} does not connect to sts.eu-west-1.amazonaws.com:443 (HTTP 403).`,
    })
  })

  it('count for the role that a profile takes on', async () => {
    const file = join(temporaryFolder(), 'config')
    const role = 'role_arn = arn:aws:iam::111122223333:role/usage'
    writeFileSync(file, `[profile role]\n${role}\ncredential_source = Environment\nregion = eu-west-1\n`)
    const env = {...keys, AWS_CONFIG_FILE: file, HTTPS_PROXY: await world.proxy(403)}
    const words = ['--profile', 'role', '--endpoint-url', `http://${await world.plain()}`]

    expect((await check(env, words)).code).toBe('PROXY_REFUSED')
    expect(world.tunnels).toMatchObject([{target: 'sts.eu-west-1.amazonaws.com:443'}])
  })

  it('name a proxy that nobody listens on', async () => {
    expect(await check({...keys, HTTPS_PROXY: 'http://127.0.0.1:1'})).toMatchObject({
      status: 5,
      message: "Could not ask for the caller's account: 127.0.0.1:1 cannot be reached (ECONNREFUSED).",
    })
  })

  it('are refused where the bundle is not there', async () => {
    expect(await check({...keys, AWS_CA_BUNDLE: '/nowhere/ca.pem'})).toMatchObject({
      status: 2,
      code: 'CA_BUNDLE_NOT_READABLE',
    })
  })
})
