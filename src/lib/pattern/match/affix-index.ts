interface TrieNode {
  ids: number[]
  next: Map<number, TrieNode>
}

/** Up to this many texts are compared one after the other, which is quicker than a trie. */
const listLimit = 8

/** Texts that can be asked which of them a value starts with, or ends with. */
export class AffixIndex {
  #texts: {text: string; id: number}[] = []
  #root: TrieNode | undefined

  constructor(readonly end: 'prefix' | 'suffix') {}

  get isEmpty(): boolean {
    return this.#texts.length === 0
  }

  add(text: string, id: number): void {
    this.#texts.push({text, id})
    if (this.#texts.length <= listLimit) return
    if (this.#root === undefined) {
      this.#root = {ids: [], next: new Map()}
      for (const known of this.#texts) this.#grow(this.#root, known.text, known.id)
    } else {
      this.#grow(this.#root, text, id)
    }
  }

  /** Calls `found` with the id of every text that `value` starts (or ends) with. */
  visit(value: string, found: (id: number) => void): void {
    if (this.#root !== undefined) {
      this.#visitTrie(this.#root, value, found)
      return
    }
    for (const {text, id} of this.#texts) {
      if (this.end === 'prefix' ? value.startsWith(text) : value.endsWith(text)) found(id)
    }
  }

  #codeAt(text: string, step: number): number {
    return text.charCodeAt(this.end === 'prefix' ? step : text.length - 1 - step)
  }

  #grow(root: TrieNode, text: string, id: number): void {
    let node = root
    for (let step = 0; step < text.length; step++) {
      const code = this.#codeAt(text, step)
      let next = node.next.get(code)
      if (next === undefined) {
        next = {ids: [], next: new Map()}
        node.next.set(code, next)
      }
      node = next
    }
    node.ids.push(id)
  }

  #visitTrie(root: TrieNode, value: string, found: (id: number) => void): void {
    let node: TrieNode | undefined = root
    for (let step = 0; node !== undefined; step++) {
      for (const id of node.ids) found(id)
      if (step === value.length) return
      node = node.next.get(this.#codeAt(value, step))
    }
  }
}
