/** Calls each function once for each key, whoever asks first; all who ask get the same promise. */
export class Once {
  private readonly made = new Map<string, Promise<unknown>>()

  get<T>(key: string, make: () => Promise<T>): Promise<T> {
    let promise = this.made.get(key) as Promise<T> | undefined
    if (!promise) {
      promise = make()
      // Everybody who asks is told of a failure; nobody may have asked yet.
      promise.catch(() => undefined)
      this.made.set(key, promise)
    }
    return promise
  }
}
