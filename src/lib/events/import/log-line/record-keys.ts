/**
 * Under which names the members of a request stand in logs that have names: nginx and Apache as JSON (the names of nginx's
 * variables, and those common in guides), API Gateway ($context variables), CloudFront (fields of the standard log). Compared
 * without case and signs: `cs(User-Agent)` is `csuseragent`. The first that has a value counts.
 */
export const recordKeys = {
  address: [
    'remoteaddr',
    'remoteip',
    'remotehost',
    'clientip',
    'clientaddress',
    'sourceip',
    'identitysourceip',
    'ip',
    'cip',
  ],
  user: ['remoteuser', 'authuser', 'identityuser', 'authorizerprincipalid', 'user'],
  method: ['requestmethod', 'httpmethod', 'csmethod', 'method', 'verb'],
  target: ['requesturi', 'requestpath', 'csuristem', 'uri', 'url', 'path'],
  query: ['querystring', 'csuriquery', 'args', 'query'],
  route: ['resourcepath', 'routekey', 'route'],
  host: ['xhostheader', 'cshost', 'domainname', 'httphost', 'host'],
  request: ['request', 'requestline'],
  status: ['status', 'statuscode', 'responsestatus', 'scstatus'],
  requestSizeBytes: ['requestlength', 'requestsize', 'csbytes'],
  responseSizeBytes: [
    'bodybytessent',
    'bytessent',
    'responselength',
    'responsesize',
    'scbytes',
    'bytes',
    'size',
  ],
  referer: ['httpreferer', 'referer', 'referrer', 'csreferer'],
  userAgent: ['httpuseragent', 'useragent', 'identityuseragent', 'csuseragent', 'agent'],
} as const

/** Names of times, and how long a unit of a bare number is, in milliseconds: undefined where numbers are told apart by size. */
export const timeKeys: readonly (readonly [key: string, unitMs: number | undefined])[] = [
  ['requesttimeepoch', 1],
  ['timestampms', 1],
  ['msec', 1000],
  ['timeiso8601', undefined],
  ['timelocal', undefined],
  ['timestamp', undefined],
  // nginx calls a duration in seconds so, API Gateway a time.
  ['requesttime', undefined],
  ['time', undefined],
  ['ts', undefined],
]

/** Names of durations, and how long their unit is, in milliseconds. */
export const durationKeys: readonly (readonly [key: string, unitMs: number])[] = [
  ['durationms', 1],
  ['responselatency', 1],
  ['latencyms', 1],
  ['timetaken', 1000],
  ['requesttime', 1000],
]
