/** The name of the folder of a NULL, or of an empty text, among Hive's partitions. */
export const nullPartition = '__HIVE_DEFAULT_PARTITION__'

/** Where Hive puts a partition of which nothing else is said: `LOCATION/dt=2026-11-01/plan=a%2Fb/`. */
export function standardFolder(
  location: string,
  names: readonly string[],
  values: readonly string[],
): string {
  return `${withSlash(location)}${partitionName(names, values)}/`
}

/** A partition's name in Hive: `dt=2026-11-01/plan=a%2Fb`. */
export function partitionName(names: readonly string[], values: readonly string[]): string {
  return names.map((name, place) => `${escapeHive(name)}=${escapeHive(values[place] ?? '')}`).join('/')
}

/** The values of a partition in the folders of its name, which begin a path; undefined where the path does not begin so. */
export function valuesInPath(path: string, names: readonly string[]): string[] | undefined {
  const folders = path.split('/').slice(0, -1)
  const values = names.map((name, place) => {
    const folder = folders[place] ?? ''
    const start = `${escapeHive(name)}=`
    return folder.startsWith(start) ? unescapeHive(folder.slice(start.length)) : ''
  })
  return values.every((value) => value !== '') ? values : undefined
}

/** An address that ends in one slash. */
export function withSlash(folder: string): string {
  return folder.replace(/\/*$/, '/')
}

/** Hive writes signs that file systems or paths give a meaning as `%` and two hex digits. */
function escapeHive(text: string): string {
  return text.replace(/[\u0000-\u001f"#%'*/:=?\\\u007f{[\]^]/g, (sign) => {
    return `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`
  })
}

function unescapeHive(text: string): string {
  return text.replace(/%([0-9A-Fa-f]{2})/g, (_, digits: string) => String.fromCharCode(parseInt(digits, 16)))
}
