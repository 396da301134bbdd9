/**
 * Whether `NO_PROXY` says to reach a host without the proxy. Entries stand between commas or spaces: `*` is every host;
 * `example.com`, `.example.com` and `*.example.com` are that host and all below it (as curl and the AWS CLI read them);
 * `example.com:8443` is that port alone. Addresses are compared as text; ranges (`10.0.0.0/8`) are not read.
 * `host` may stand in brackets (IPv6).
 */
export function bypassesProxy(host: string, port: number, noProxy: string): boolean {
  const wanted = bare(host)
  return noProxy
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => covers(entry, wanted, port))
}

function covers(entry: string, host: string, port: number): boolean {
  if (entry === '*') return true
  const {name, port: entryPort} = parts(entry)
  if (entryPort !== undefined && entryPort !== port) return false
  const domain = bare(name).replace(/^\*?\./, '')
  return domain !== '' && (host === domain || host.endsWith(`.${domain}`))
}

/** Name and port of an entry. An IPv6 address has a port only behind brackets: `[::1]:443`. */
function parts(entry: string): {name: string; port?: number} {
  const match = /^(\[[^\]]*\]|[^:]*):(\d+)$/.exec(entry)
  return match ? {name: match[1] ?? '', port: Number(match[2])} : {name: entry}
}

/** In small letters, without brackets and without the dot that may end a full domain name. */
function bare(host: string): string {
  return host
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
}
