import type {WorkGroup} from '@aws-sdk/client-athena'
import type {Collection, Store} from '../../store'
import {invalidRequest} from './errors'

/** A workgroup; `createdAt` in milliseconds since 1970. */
export type WorkGroupRow = Omit<WorkGroup, 'CreationTime'> & {Name: string; createdAt: number}

export const engineVersion = {
  SelectedEngineVersion: 'AUTO',
  EffectiveEngineVersion: 'Athena engine version 3',
}

/** The workgroups of each region. `primary` is always there. */
export class WorkGroupStore {
  private readonly rows: Collection<WorkGroupRow>

  constructor(readonly store: Store) {
    this.rows = store.collection('athena/workgroups')
  }

  find(region: string, name: string): WorkGroupRow | undefined {
    return this.rows.get(`${region}/${name}`) ?? (name === 'primary' ? primary() : undefined)
  }

  /** Throws `InvalidRequestException` where there is none of that name. */
  require(region: string, name: string): WorkGroupRow {
    const row = this.find(region, name)
    if (!row) throw invalidRequest(`WorkGroup ${name} is not found.`)
    return row
  }

  /** Every workgroup of a region, by name. */
  all(region: string): WorkGroupRow[] {
    const rows = [...this.rows.list(`${region}/`)].map((row) => row.value)
    const all = rows.some((row) => row.Name === 'primary') ? rows : [...rows, primary()]
    return all.sort((a, b) => (a.Name < b.Name ? -1 : 1))
  }

  /** Only inside `Store.write`. */
  put(region: string, row: WorkGroupRow): void {
    this.rows.put(`${region}/${row.Name}`, row)
  }

  /** Only inside `Store.write`. */
  delete(region: string, name: string): void {
    this.rows.delete(`${region}/${name}`)
  }
}

function primary(): WorkGroupRow {
  return {
    Name: 'primary',
    State: 'ENABLED',
    Description: '',
    Configuration: {
      ResultConfiguration: {},
      EnforceWorkGroupConfiguration: false,
      PublishCloudWatchMetricsEnabled: false,
      RequesterPaysEnabled: false,
      EngineVersion: engineVersion,
    },
    createdAt: 0,
  }
}
