import type {Road} from '../../road/road'
import type {RoadTags} from '../read/actual-road'
import type {Change} from '../change'
import {ownedByStack} from './ownership'
import {tagsOf} from './tags-of'

/**
 * The changes with those taken back that touch what CloudFormation owns: such a thing is kept, with the fields that
 * differ and the name of its stack. What is missing of it has the field `missing`.
 */
export function keepOwned(changes: readonly Change[], road: Road, tags: RoadTags): Change[] {
  return changes.map((change) => {
    const note = ownedByStack(tagsOf(change, road, tags))
    if (note === undefined) return change
    if (change.action === 'keep') return {...change, note}
    return {...change, action: 'keep', fields: change.fields ?? ['missing'], note}
  })
}
