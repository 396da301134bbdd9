import {withRegion} from '../../../src/lib/cli/region-question'
import {chooseWhere} from '../../../src/lib/cli/settings'
import type {Sources} from '../../../src/lib/cli/settings'
import {Scripted} from '../../_helpers/scripted-asker'

const sources: Sources = {
  flags: {},
  given: new Set(),
  env: {},
  config: {path: undefined, environment: undefined, names: {}, bindings: []},
  folder: '/project',
  defaultDataDir: '/data',
  regionOfProfile: () => undefined,
}

describe('withRegion', () => {
  it('asks for a region that nobody says, until it is one', async () => {
    const asker = new Scripted(['', 'Ireland', ' eu-west-1 '])

    const complete = await withRegion(sources, asker)

    expect(chooseWhere(complete).region).toBe('eu-west-1')
    expect(asker.asked).toHaveLength(1)
    expect(asker.heard).toEqual([
      '"region" must be a region such as eu-west-1, not "".',
      '"region" must be a region such as eu-west-1, not "Ireland".',
    ])
  })

  it.each<[string, Partial<Sources>]>([
    ['a variable says it', {env: {AWS_REGION: 'eu-west-3'}}],
    ['a profile says it', {regionOfProfile: () => 'eu-west-3'}],
    ['the endpoint is of this machine', {flags: {'endpoint-url': 'http://127.0.0.1:4577'}}],
  ])('asks nothing where %s', async (_, part) => {
    const given = {...sources, given: new Set(Object.keys(part.flags ?? {})), ...part}

    expect(await withRegion(given, new Scripted([]))).toBe(given)
  })

  it('leaves the missing region to be named where nobody can be asked', async () => {
    const same = await withRegion(sources, undefined)

    expect(() => chooseWhere(same)).toThrow(expect.objectContaining({code: 'NO_REGION'}))
  })
})
