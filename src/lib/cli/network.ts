import {readFileSync} from 'node:fs'
import {resolve} from 'node:path'
import {X509Certificate} from 'node:crypto'
import type {Network} from '../aws/request-handler'
import {messageOf, OpError} from '../core/errors'
import {settingOfProfile} from './profile-setting'
import type {Environment} from './settings'

interface NetworkQuestion {
  env: Environment
  /** Current folder, absolute: a relative path of a bundle is meant from it. */
  folder: string
  home: string
  /** Profile of the AWS configuration files; its `ca_bundle` counts where `AWS_CA_BUNDLE` is not set. */
  profile: string | undefined
}

/**
 * How the services are reached: `HTTPS_PROXY`, `NO_PROXY` (in small letters too, which win, as for the AWS CLI) and
 * `AWS_CA_BUNDLE`. Throws BAD_PROXY and CA_BUNDLE_NOT_READABLE (usage).
 */
export function networkOf({env, folder, home, profile}: NetworkQuestion): Network {
  const proxy = env['https_proxy'] || env['HTTPS_PROXY']
  const bundle = env['AWS_CA_BUNDLE'] || settingOfProfile(env, home, profile, 'ca_bundle')
  return {
    httpsProxy: proxy ? proxyAddress(proxy) : undefined,
    noProxy: env['no_proxy'] || env['NO_PROXY'],
    caBundle: bundle ? readBundle(resolve(folder, bundle)) : undefined,
  }
}

/** An address without a scheme is meant as http, as curl and the AWS CLI read it. The text is not repeated: it may hold a password. */
function proxyAddress(text: string): string {
  const address = text.includes('://') ? text : `http://${text}`
  const url = URL.canParse(address) ? new URL(address) : undefined
  if (url && /^https?:$/.test(url.protocol)) return url.href
  throw new OpError('usage', 'BAD_PROXY', 'HTTPS_PROXY is not the address of an http or https proxy.', {
    hint: 'An address looks like http://proxy.example.com:3128.',
  })
}

function readBundle(file: string): string {
  try {
    const text = readFileSync(file, 'utf8')
    // Node passes over text that holds no certificate, and would then trust nobody.
    new X509Certificate(text)
    return text
  } catch (error) {
    throw new OpError(
      'usage',
      'CA_BUNDLE_NOT_READABLE',
      `The bundle of certificates ${file} cannot be read: ${messageOf(error)}.`,
      {
        hint: 'AWS_CA_BUNDLE, or ca_bundle of the profile, names a file of certificates in PEM form.',
        cause: error,
      },
    )
  }
}
