import schema from '../../../src/lib/usage-event/usage-event.schema.json'
import {detailHiveType, usageEventColumns} from '../../../src/lib/usage-event/columns'
import type {UsageEvent} from '../../../src/lib/usage-event/types'

type Complete<T> = {
  [K in keyof T]-?: NonNullable<T[K]> extends object ? Complete<NonNullable<T[K]>> : NonNullable<T[K]>
}

/** Has every member of the type, and the compiler refuses any other: a change of the type shows here. */
const complete: Omit<Complete<UsageEvent>, 'attributes'> & {attributes: UsageEvent['attributes']} = {
  eventId: 'e-1',
  occurredAt: '2026-11-03T09:15:27.412Z',
  service: {name: 'n', version: 'v', environment: 'e', instance: 'i'},
  api: {operation: 'o', method: 'GET', route: '/', description: 'd'},
  feature: 'f',
  customer: {id: 'c', plan: 'p'},
  user: {id: 'u'},
  client: {address: 'a', userAgent: 'u'},
  request: {sizeBytes: 1},
  response: {sizeBytes: 1, status: 200},
  durationMs: 1.5,
  quantity: 1,
  sequence: 1,
  test: false,
  attributes: {},
}

function leaves(value: object, path: string[] = []): string[] {
  return Object.entries(value).flatMap(([name, child]: [string, unknown]) => {
    const isBranch = typeof child === 'object' && child !== null && Object.keys(child).length > 0
    return isBranch ? leaves(child, [...path, name]) : [[...path, name].join('.')]
  })
}

describe('the contract of usage events', () => {
  it('has the members of the type, in the same order', () => {
    expect(usageEventColumns().map((c) => c.path.join('.'))).toEqual(leaves(complete))
  })

  it('describes every member', () => {
    const described = JSON.stringify(schema).match(/"description":"[A-Z]/g)?.length

    // The event itself, its seven objects, and its leaves.
    expect(described).toBe(1 + 7 + usageEventColumns().length)
  })

  it('gives every leaf its name in the raw table and a type', () => {
    expect(usageEventColumns()).toContainEqual({
      path: ['client', 'userAgent'],
      column: 'client.useragent',
      hiveType: 'string',
    })
  })

  it('derives the type of the raw column, with quantity as text so that it stays exact', () => {
    expect(detailHiveType()).toBe(
      'struct<eventid:string,occurredat:string,' +
        'service:struct<name:string,version:string,environment:string,instance:string>,' +
        'api:struct<operation:string,method:string,route:string,description:string>,' +
        'feature:string,customer:struct<id:string,plan:string>,user:struct<id:string>,' +
        'client:struct<address:string,useragent:string>,request:struct<sizebytes:bigint>,' +
        'response:struct<sizebytes:bigint,status:int>,durationms:double,quantity:string,' +
        'sequence:bigint,test:boolean,attributes:map<string,string>>',
    )
  })
})
