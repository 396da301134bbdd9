import {readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {networkOf} from '../../../src/lib/cli/network'
import type {Environment} from '../../../src/lib/cli/settings'
import {temporaryFolder} from '../../_helpers/endpoint'

const bundle = join(__dirname, '..', 'aws', 'tls', 'authority.pem')
const pem = readFileSync(bundle, 'utf8')
const network = (env: Environment, folder = '/nowhere') =>
  networkOf({env, folder, home: '/nowhere', profile: undefined})
const without = {httpsProxy: undefined, noProxy: undefined, caBundle: undefined}

describe('networkOf', () => {
  it('is the plain network where nothing is set, or only to nothing', () => {
    expect(network({HTTPS_PROXY: '', AWS_CA_BUNDLE: ''})).toEqual(without)
  })

  it.each([
    [{HTTPS_PROXY: 'http://proxy.example:3128'}, 'http://proxy.example:3128/'],
    [{https_proxy: 'http://small.example', HTTPS_PROXY: 'http://large.example'}, 'http://small.example/'],
    [{HTTPS_PROXY: 'proxy.example:3128'}, 'http://proxy.example:3128/'],
    [{HTTPS_PROXY: 'https://proxy.example'}, 'https://proxy.example/'],
  ])('reads the proxy of %j', (env, httpsProxy) => {
    expect(network(env)).toEqual({...without, httpsProxy})
  })

  it.each(['socks5://u:secret@proxy.example', 'http://', 'a b'])('refuses the proxy %s', (text) => {
    expect(() => network({HTTPS_PROXY: text})).toThrow(
      expect.objectContaining({
        kind: 'usage',
        code: 'BAD_PROXY',
        message: 'HTTPS_PROXY is not the address of an http or https proxy.',
      }),
    )
  })

  it.each([
    [{NO_PROXY: 'a.example'}, 'a.example'],
    [{no_proxy: 'b.example', NO_PROXY: 'a.example'}, 'b.example'],
  ])('reads the hosts of %j', (env, noProxy) => {
    expect(network(env)).toEqual({...without, noProxy})
  })

  it('reads the bundle', () => {
    expect(network({AWS_CA_BUNDLE: bundle}).caBundle).toBe(pem)
  })

  it('reads the bundle of the profile, from the current folder', () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'ca.pem'), pem)
    writeFileSync(join(folder, 'config'), '[default]\nca_bundle = ca.pem\n')

    expect(network({AWS_CONFIG_FILE: join(folder, 'config')}, folder).caBundle).toBe(pem)
  })

  it.each([
    ['is not there', '/nowhere/ca.pem'],
    ['is a folder', __dirname],
    ['holds no certificate', __filename],
  ])('refuses a bundle that %s', (_, file) => {
    expect(() => network({AWS_CA_BUNDLE: file})).toThrow(
      expect.objectContaining({
        kind: 'usage',
        code: 'CA_BUNDLE_NOT_READABLE',
        message: expect.stringContaining(file) as string,
      }),
    )
  })
})
