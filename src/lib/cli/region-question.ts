import type {Asker} from '../core/asker'
import {chooseRegion} from './settings'
import type {Sources} from './settings'

/** The sources with the region that somebody was asked for; as they are where one is said, or nobody can be asked. */
export async function withRegion(sources: Sources, asker: Asker | undefined): Promise<Sources> {
  if (!asker || chooseRegion(sources) !== undefined) return sources
  const {problemOf} = await import('./init-check')
  const check = (text: string): true | string => problemOf('region', text.trim()) ?? true
  const region = await asker.text('Region (eu-west-1, us-east-1, ...)', undefined, check)
  return {...sources, flags: {...sources.flags, region: region.trim()}}
}
