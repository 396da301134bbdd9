import type {TableRow} from '../../catalog'
import {resolveTable, type NameContext} from '../resolve-tables'
import {lineAt, SqlFailure} from '../sql-failure'
import {qualify, tablesOf, type Node} from '../syntax-tree'
import {isView, viewDefinition, type ViewDefinition} from './view-text'

/** A view that a query reads, directly or through another one. */
export interface StoredView {
  row: TableRow
  definition: ViewDefinition
  /** Its query, with every table named in full. */
  tree: Node
  /** Where it was named first: `line 1:15`. */
  at: string
}

/** What a query reads. */
export interface Sources {
  tables: TableRow[]
  /** The nodes of all trees that name a table. */
  tableNodes: ReadonlySet<Node>
  /** Each after the views that it reads itself. */
  views: StoredView[]
}

interface Finding {
  context: NameContext
  /** Reads a statement into its tree. */
  read: (sql: string) => Promise<Node>
  /** The view that the statement would put in the place of one that is there. */
  replaced?: string | undefined
}

/**
 * Finds all tables and views that a query reads. Throws SqlFailure in the words of Athena where a name leads nowhere, where a view's text is
 * none, where what a view reads is gone, and where views read each other in a circle.
 */
export async function sourcesOf(tree: Node, sql: string, finding: Finding): Promise<Sources> {
  const finder = new SourceFinder(finding)
  await finder.visit(tree, sql, finding.context.database, [])
  const {tables, tableNodes, views} = finder
  return {tables: [...tables.values()], tableNodes, views: [...views.values()]}
}

class SourceFinder {
  readonly tables = new Map<string, TableRow>()
  readonly tableNodes = new Set<Node>()
  readonly views = new Map<string, StoredView>()

  constructor(private readonly finding: Finding) {}

  async visit(
    tree: Node,
    sql: string,
    database: string | undefined,
    within: readonly string[],
  ): Promise<void> {
    for (const use of tablesOf(tree, sql)) {
      const at = lineAt(sql, use.place)
      const row = resolveTable(use, at, {...this.finding.context, database})
      if (within.length > 0) qualify(use.node, row.DatabaseName)
      if (isView(row)) {
        await this.enter(row, at, within)
      } else {
        this.tables.set(nameOf(row), row)
        this.tableNodes.add(use.node)
      }
    }
  }

  private async enter(row: TableRow, at: string, within: readonly string[]): Promise<void> {
    const name = nameOf(row)
    if (name === this.finding.replaced) {
      throw new SqlFailure(`VIEW_IS_RECURSIVE: ${at}: Statement would create a recursive view`, 1006)
    }
    if (within.includes(name)) throw new SqlFailure(`VIEW_IS_RECURSIVE: ${at}: View is recursive`, 1006)
    if (this.views.has(name)) return
    const definition = viewDefinition(row)
    const tree = await inView('parsing', name, at, () => this.finding.read(definition.originalSql))
    const inner = [...within, name]
    await inView('analyzing', name, at, () =>
      this.visit(tree, definition.originalSql, definition.schema, inner),
    )
    this.views.set(name, {row, definition, tree, at})
  }
}

/** `usage.calls`. */
export function nameOf(row: TableRow): string {
  return `${row.DatabaseName}.${row.Name}`
}

/** Does something for a view's own query; its failure becomes that of the query that names the view, as on Athena. */
export async function inView<R>(
  doing: 'parsing' | 'analyzing',
  name: string,
  at: string,
  work: () => Promise<R>,
): Promise<R> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof SqlFailure) || error.errorCategory === 3) throw error
    const reason = error.message.replace(/^[A-Z_]+: /, '')
    throw new SqlFailure(
      `INVALID_VIEW: ${at}: Failed ${doing} stored view 'awsdatacatalog.${name}': ${reason}`,
      error.errorType,
    )
  }
}
