import {randomUUID} from 'node:crypto'
import {join} from 'node:path'
import {moveIntoPlace, removeFileSync, sealFile, type WrittenFile} from './blob-file'
import type {Collection, Store} from './store'

interface Place {
  bucket: string
  key: string
}

/** A file in a staging folder that is to become an object. */
export interface Arrival extends Place {
  path: string
  contentType?: string | undefined
}

export interface Arrived {
  arrival: Arrival
  content: WrittenFile
  /** Where the file lies now, relative to the store's folder. */
  file: string
}

/**
 * Files that become objects together. The keys are noted before the first file is moved to its place, so that the files of
 * a group that a crash cut off are found and removed when the store is opened again.
 */
export class BlobArrivals {
  private readonly groups: Collection<{places: Place[]}>

  constructor(
    private readonly store: Store,
    private readonly folder: string,
    private readonly objects: {
      /** Where the object's file may lie, relative to `folder`. */
      places: (bucket: string, key: string) => string[]
      isThere: (bucket: string, key: string) => boolean
    },
  ) {
    this.groups = store.collection('s3/arriving')
    for (const {key, value} of [...this.groups.list()]) this.turnAway(key, value.places)
  }

  /** Moves all files to their places, then runs `arrive` in one transaction. What that throws undoes everything. */
  async take(arrivals: readonly Arrival[], arrive: (arrived: readonly Arrived[]) => void): Promise<void> {
    const group = randomUUID()
    const places = arrivals.map(({bucket, key}) => ({bucket, key}))
    await this.store.batch(() => this.groups.put(group, {places}))
    try {
      const arrived: Arrived[] = []
      for (const arrival of arrivals) {
        const content = await sealFile(arrival.path)
        const candidates = this.objects.places(arrival.bucket, arrival.key)
        arrived.push({arrival, content, file: await moveIntoPlace(arrival.path, this.folder, candidates)})
      }
      this.store.write(() => {
        arrive(arrived)
        this.groups.delete(group)
      })
    } catch (error) {
      this.turnAway(group, places)
      throw error
    }
  }

  private turnAway(group: string, places: readonly Place[]): void {
    for (const {bucket, key} of places) {
      if (this.objects.isThere(bucket, key)) continue
      for (const file of this.objects.places(bucket, key))
        removeFileSync(join(this.folder, file), join(this.folder, bucket))
    }
    this.store.write(() => this.groups.delete(group))
  }
}
