import type {Environment} from './settings'

/** Variables that would lead a client elsewhere, or make it look for other credentials. */
const misleading = [
  ...['AWS_PROFILE', 'AWS_DEFAULT_PROFILE', 'AWS_SESSION_TOKEN', 'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'],
  ...['AWS_ROLE_ARN', 'AWS_WEB_IDENTITY_TOKEN_FILE', 'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI'],
  ...['AWS_CONTAINER_CREDENTIALS_FULL_URI', 'USAGE_TRACKER_PROFILE', 'USAGE_TRACKER_LOCAL'],
]

/** No proxy stands between a program and its own machine; boto3 would ask one. */
const direct = '127.0.0.1,localhost'

/**
 * The environment of a program whose AWS clients, whatever SDK they are of, are to speak to one endpoint. Botocore reads
 * `AWS_DEFAULT_REGION` and the JavaScript SDK `AWS_REGION`; an address for a single service would win over that for all.
 */
export function childEnvironment(
  env: Environment,
  endpoint: {url: string; region: string},
): Record<string, string> {
  const kept = Object.entries(env).filter(
    ([name]) => !misleading.includes(name) && !name.startsWith('AWS_ENDPOINT_URL_'),
  )
  return {
    ...(Object.fromEntries(kept.filter(([, value]) => value !== undefined)) as Record<string, string>),
    AWS_ENDPOINT_URL: endpoint.url,
    USAGE_TRACKER_ENDPOINT_URL: endpoint.url,
    AWS_REGION: endpoint.region,
    AWS_DEFAULT_REGION: endpoint.region,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_EC2_METADATA_DISABLED: 'true',
    NO_PROXY: withDirect(env['NO_PROXY']),
    no_proxy: withDirect(env['no_proxy'] ?? env['NO_PROXY']),
  }
}

function withDirect(noProxy: string | undefined): string {
  return noProxy === undefined || noProxy === '' ? direct : `${noProxy},${direct}`
}
