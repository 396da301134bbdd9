import {own} from '../../json-object'
import {comparing, type Aspect, type CompareAspect} from '../aspects/aspect'
import type {Change} from '../change'
import type {Comparer} from './comparer'
import {countAspect} from '../aspects/count'
import {namePath} from '../../event-path'
import type {Alternative} from '../form/form'
import {declaredNames, memberPlace, requiredNames} from '../form/members'
import {compareMember, type Member} from './member-changes'
import {compareOthers} from './other-members'
import {withRenames} from './renames'
import type {Place, Side} from '../form/side'

const dependentRequired: Aspect<string[]> = {
  keyword: 'dependentRequired',
  read: ({nodes}) => {
    const needs = nodes.flatMap((node) =>
      Object.entries((own(node, 'dependentRequired') ?? {}) as Record<string, string[]>).flatMap(
        ([name, others]) => others.map((other) => `${name} needs ${other}`),
      ),
    )
    return needs.length > 0 ? [...new Set(needs)].sort() : undefined
  },
  within: (a, b) => (b.every((need) => a?.includes(need)) ? 'yes' : 'no'),
  say: (needs) => needs.join(', '),
}

/** What can be asked of objects, but for their members. */
export const objectAspects: readonly CompareAspect[] = [
  comparing(countAspect('minProperties', 'least')),
  comparing(countAspect('maxProperties', 'most')),
  comparing(dependentRequired),
]

/** Changes in the members of objects: those that either schema names, then all others, then their names. */
export function compareObjects(comparer: Comparer, a: Alternative, b: Alternative, path: string): Change[] {
  const [before, after] = [new Members(comparer.old, a), new Members(comparer.next, b)]
  const members = [...new Set([...before.names, ...after.names])].map((name) => {
    const pair = {name, before: before.member(name), after: after.member(name)}
    return {...pair, changes: compareMember(comparer, pair, path)}
  })
  return [
    ...withRenames(comparer, members).flatMap(({changes}) => changes),
    ...compareOthers(comparer, a, b, path),
    ...comparer.places(namesPlace(comparer.old, a), namesPlace(comparer.next, b), namePath(path)),
  ]
}

class Members {
  readonly names: ReadonlySet<string>
  private readonly declared: ReadonlySet<string>
  private readonly required: ReadonlySet<string>

  constructor(
    private readonly side: Side,
    private readonly of: Alternative,
  ) {
    this.declared = declaredNames(of.nodes)
    this.required = requiredNames(of.nodes)
    this.names = new Set([...this.declared, ...this.required])
  }

  member(name: string): Member {
    return {
      place: memberPlace(this.side, this.of.nodes, name),
      isDeclared: this.declared.has(name),
      isRequired: this.required.has(name),
    }
  }
}

const text = {type: 'string'}

/** What the names of members may be. */
function namesPlace(side: Side, {nodes}: Alternative): Place {
  const schemas = nodes.flatMap((node) => (Object.hasOwn(node, 'propertyNames') ? [node.propertyNames] : []))
  return side.place([text, ...schemas])
}
