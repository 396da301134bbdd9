/** So many steps of any search are taken for one question before it is given up. */
export const stepLimit = 3_000_000

/** The work that may still be done for one question, so that no pattern keeps its reader waiting. */
export class Budget {
  #left: number

  constructor(steps: number = stepLimit) {
    this.#left = steps
  }

  /** Takes off so many steps; false when there are none left. */
  spend(steps: number): boolean {
    this.#left -= steps
    return this.#left >= 0
  }
}
