import {OpError} from '../../core/errors'
import {layout} from '../../road/layout'
import type {RecordFormat} from '../../road/record-format'
import type {LakeDeps, LakePlace} from '../compact/lake-deps'
import {readLakeTables} from '../fields/lake-tables'

/** The forms of raw tables of a lake that `lake init` has made. Throws `LAKE_NOT_READY` (absent) where it has not, and what Glue refuses. */
export async function initialisedFormats(
  deps: Pick<LakeDeps, 'glue'>,
  {database}: LakePlace,
): Promise<RecordFormat[]> {
  const {curated, raw} = await readLakeTables(deps.glue, database)
  const formats = raw.map(({format}) => format)
  if (formats.length > 0 && curated) return formats
  const what = formats.length === 0 ? 'raw table' : `table ${layout.curatedTable}`
  throw new OpError('absent', 'LAKE_NOT_READY', `Database ${database} has no ${what}.`, {
    hint: formats.length === 0 ? 'usage-tracker bind-target makes it.' : 'usage-tracker lake init makes it.',
  })
}
