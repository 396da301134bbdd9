/** The name of the folder of a NULL, or of an empty text, among Hive's partitions. */
export const nullPartition = '__HIVE_DEFAULT_PARTITION__'

/** Where Hive puts a partition of which nothing else is said: `LOCATION/dt=2026-11-01/plan=a%2Fb/`. */
export function standardFolder(
  location: string,
  names: readonly string[],
  values: readonly string[],
): string {
  const folders = names.map((name, place) => `${escapeHive(name)}=${escapeHive(values[place] ?? '')}/`)
  return withSlash(location) + folders.join('')
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
