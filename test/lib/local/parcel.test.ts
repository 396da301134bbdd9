import {
  decodeParcel,
  encodeParcel,
  mergeParcels,
  type Parcel,
  type Route,
} from '../../../src/lib/local/parcel'

const route = (name: string): Route => ({
  ruleArn: name,
  targetArn: `target of ${name}`,
  roleArn: undefined,
  region: 'eu-west-1',
})
const a = route('a')
const b = route('b')

describe('parcels', () => {
  it('are the same after they were a row', () => {
    const parcel: Parcel = {
      acceptedAt: 5,
      attempts: 2,
      attributes: {WHY: 'line\nbreak'},
      events: ['{"a":"ü"}', '{}'],
      routes: [{route: {ruleArn: 'r', targetArn: 't', roleArn: 'role', region: 'x'}, indexes: [1]}],
    }

    expect(decodeParcel(encodeParcel(parcel))).toEqual(parcel)
  })

  it('become one: events in their order, each route once, the earliest acceptance', () => {
    const merged = mergeParcels([
      {acceptedAt: 7, attempts: 0, events: ['1', '2'], routes: [{route: a, indexes: [0, 1]}]},
      {acceptedAt: 5, attempts: 0, events: ['3'], routes: [{route: b, indexes: [0]}]},
      {acceptedAt: 9, attempts: 0, events: ['4', '5'], routes: [{route: a, indexes: [1]}]},
    ])

    expect(merged).toEqual({
      acceptedAt: 5,
      attempts: 0,
      events: ['1', '2', '3', '4', '5'],
      routes: [
        {route: a, indexes: [0, 1, 4]},
        {route: b, indexes: [2]},
      ],
    })
  })
})
