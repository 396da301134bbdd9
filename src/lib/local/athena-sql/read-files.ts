/** The files that a query reads, with the addresses of the objects that they hold: messages name these and never a path of this machine. */
export class ReadFiles {
  private readonly uris = new Map<string, string>()
  /** True once a table of Parquet files is read. */
  hasParquet = false

  add(files: readonly {path: string; uri: string}[], isParquet: boolean): void {
    for (const {path, uri} of files) this.uris.set(path, uri)
    this.hasParquet ||= isParquet && files.length > 0
  }

  /** The text with addresses in place of paths. */
  withAddresses(text: string): string {
    let named = text
    for (const [path, uri] of this.uris) if (named.includes(path)) named = named.replaceAll(path, uri)
    return named
  }
}
