import {OpError} from '../../core/errors'
import {isJsonObject, own} from '../json-object'
import {namedSchemas, type Dialect} from './dialect'
import {subschemas} from './keywords'

/** Only makes relative ids absolute, so that they can be compared. Never called. */
const nowhere = 'http://document.invalid/'

/** The places of a document by pointer, id and anchor. References are looked up in it and nowhere else. */
export class Places {
  /** Pointers of schemas that have an id of their own, by that id; the document itself is ''. */
  private readonly resources = new Map<string, string>([['', nowhere]])
  private readonly pointerOfId = new Map<string, string>([[nowhere, '']])
  /** Pointers by `POINTER-OF-RESOURCE#ANCHOR`; several where a dynamic anchor stands more than once. */
  private readonly anchors = new Map<string, string>()
  private readonly dynamicAnchors = new Map<string, number>()

  constructor(
    private readonly document: unknown,
    private readonly dialect: Dialect,
  ) {
    const pending = dialect.isSchema ? [''] : namedSchemas(document, dialect).map(({pointer}) => pointer)
    for (let pointer = pending.pop(); pointer !== undefined; pointer = pending.pop()) {
      const schema = this.at(pointer)
      if (!isJsonObject(schema)) continue
      this.index(schema, pointer)
      for (const [step] of subschemas(schema)) pending.push(pointer + step)
    }
  }

  /** What stands at a pointer; undefined where there is nothing. */
  at(pointer: string): unknown {
    let found: unknown = this.document
    for (const step of pointer.split('/').slice(1)) {
      const key = step.replaceAll('~1', '/').replaceAll('~0', '~')
      if (!Array.isArray(found)) found = own(found, key)
      else found = /^\d+$/.test(key) ? (found as unknown[])[Number(key)] : undefined
    }
    return found
  }

  /**
   * The pointer that a reference means in the schema at `from`. Throws `SCHEMA_EXTERNAL_REFERENCE` (usage) where it leads out of the
   * document and `SCHEMA_BROKEN_REFERENCE` (usage) where nothing stands there.
   */
  resolve(reference: string, from: string): string {
    const hash = reference.indexOf('#')
    const address = hash < 0 ? reference : reference.slice(0, hash)
    const fragment = decoded(hash < 0 ? '' : reference.slice(hash + 1))
    const base = this.resourceOf(from)
    const resource = address === '' ? base : this.pointerOfId.get(absolute(address, this.resources.get(base)))
    if (resource === undefined) throw external(reference)
    const isPointer = fragment === '' || fragment.startsWith('/')
    const pointer = isPointer ? resource + fragment : this.anchors.get(`${resource}#${fragment}`)
    if (pointer === undefined || this.at(pointer) === undefined) throw broken(reference)
    return pointer
  }

  /** As `resolve`, for `$dynamicRef` and `$recursiveRef`. Throws `SCHEMA_DYNAMIC_REFERENCE` (usage) where it could mean several places. */
  resolveDynamic(reference: string, from: string): string {
    const anchor = reference.slice(reference.indexOf('#') + 1)
    if ((this.dynamicAnchors.get(anchor) ?? 0) > 1) {
      throw new OpError(
        'usage',
        'SCHEMA_DYNAMIC_REFERENCE',
        `The schema refers to "${reference}", which depends on where it is used from.`,
        {hint: 'Write it with $ref.'},
      )
    }
    return this.resolve(reference, from)
  }

  private index(schema: object, pointer: string): void {
    const id = own(schema, this.dialect.id)
    if (typeof id === 'string') this.identify(id, pointer)
    for (const keyword of ['$anchor', '$dynamicAnchor']) {
      const anchor = own(schema, keyword)
      if (typeof anchor === 'string') this.anchors.set(`${this.resourceOf(pointer)}#${anchor}`, pointer)
    }
    const dynamic = own(schema, '$recursiveAnchor') === true ? '' : own(schema, '$dynamicAnchor')
    if (typeof dynamic === 'string')
      this.dynamicAnchors.set(dynamic, (this.dynamicAnchors.get(dynamic) ?? 0) + 1)
  }

  /** Up to draft 7 an id that is a fragment alone is an anchor. */
  private identify(id: string, pointer: string): void {
    const parent = this.resourceOf(pointer)
    if (id.startsWith('#')) {
      if (id.length > 1) this.anchors.set(`${parent}${id}`, pointer)
      return
    }
    const uri = absolute(id.replace(/#$/, ''), this.resources.get(parent))
    this.resources.set(pointer, uri)
    this.pointerOfId.set(uri, pointer)
  }

  /** The pointer of the innermost schema with an id around a place. */
  private resourceOf(pointer: string): string {
    let around = pointer
    while (!this.resources.has(around)) around = around.slice(0, around.lastIndexOf('/'))
    return around
  }
}

function absolute(address: string, base: string | undefined): string {
  try {
    return new URL(address, base).href
  } catch {
    // A name that no base can complete, such as one beside a urn: it is compared as it stands.
    return address
  }
}

/** A fragment without percent signs; one that cannot be decoded is taken as it stands. */
function decoded(fragment: string): string {
  try {
    return decodeURIComponent(fragment)
  } catch {
    return fragment
  }
}

function external(reference: string): OpError {
  return new OpError(
    'usage',
    'SCHEMA_EXTERNAL_REFERENCE',
    `The schema refers to "${reference.slice(0, 200)}", which is no place in the schema itself.`,
    {hint: 'Only references like #/definitions/NAME are followed; put the definition there.'},
  )
}

function broken(reference: string): OpError {
  return new OpError(
    'usage',
    'SCHEMA_BROKEN_REFERENCE',
    `The schema refers to "${reference.slice(0, 200)}", which it does not hold.`,
  )
}
