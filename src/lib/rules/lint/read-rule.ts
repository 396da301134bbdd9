import type {Pattern} from '../../pattern/pattern'
import type {BoundRule} from '../deployed-rule'

/** An enabled rule whose pattern was read. */
export type ReadRule = Omit<BoundRule, 'pattern'> & {pattern: Pattern}
