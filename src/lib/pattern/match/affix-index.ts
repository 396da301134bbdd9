/** Texts that begin (or end) alike, down to where they part. */
interface TrieNode {
  /** What leads here from the node above; never empty but at the root. */
  label: string
  ids: number[]
  /** By the code of the first character (or the last) of their label. */
  next: Map<number, TrieNode>
}

/** Up to this many texts are compared one after the other, which is quicker than a trie. */
const listLimit = 8

/** Texts that can be asked which of them a value starts with, or ends with. */
export class AffixIndex {
  #texts: {text: string; id: number}[] = []
  #root: TrieNode | undefined
  readonly #isPrefix: boolean

  constructor(end: 'prefix' | 'suffix') {
    this.#isPrefix = end === 'prefix'
  }

  get isEmpty(): boolean {
    return this.#texts.length === 0
  }

  add(text: string, id: number): void {
    this.#texts.push({text, id})
    if (this.#texts.length <= listLimit) return
    if (this.#root === undefined) {
      this.#root = {label: '', ids: [], next: new Map()}
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
      if (this.#isPrefix ? value.startsWith(text) : value.endsWith(text)) found(id)
    }
  }

  /** The code of the character that is `step` characters away from the end that is compared first. */
  #codeAt(text: string, step: number): number {
    return text.charCodeAt(this.#isPrefix ? step : text.length - 1 - step)
  }

  /** What is left of a text without its first (or last) `step` characters, up to so many characters. */
  #part(text: string, step: number, length: number = text.length - step): string {
    const from = this.#isPrefix ? step : text.length - step - length
    return text.slice(from, from + length)
  }

  #grow(root: TrieNode, text: string, id: number): void {
    let node = root
    let step = 0
    while (step < text.length) {
      const next = node.next.get(this.#codeAt(text, step))
      if (next === undefined) {
        const leaf = {label: this.#part(text, step), ids: [id], next: new Map<number, TrieNode>()}
        node.next.set(this.#codeAt(text, step), leaf)
        return
      }
      node = this.#reach(node, next, text, step)
      step += node.label.length
    }
    node.ids.push(id)
  }

  /** The node below `above` at which the text has used up all of the label; a label that it shares in part is split. */
  #reach(above: TrieNode, next: TrieNode, text: string, step: number): TrieNode {
    const {label} = next
    let shared = 1
    while (
      shared < label.length &&
      step + shared < text.length &&
      this.#codeAt(label, shared) === this.#codeAt(text, step + shared)
    ) {
      shared++
    }
    if (shared === label.length) return next
    const split = {label: this.#part(label, 0, shared), ids: [], next: new Map<number, TrieNode>()}
    next.label = this.#part(label, shared)
    split.next.set(this.#codeAt(next.label, 0), next)
    above.next.set(this.#codeAt(label, 0), split)
    return split
  }

  #visitTrie(root: TrieNode, value: string, found: (id: number) => void): void {
    for (const id of root.ids) found(id)
    let step = 0
    let node: TrieNode | undefined = root
    while (step < value.length) {
      node = node.next.get(this.#codeAt(value, step))
      if (node === undefined || !this.#stands(value, step, node.label)) return
      step += node.label.length
      for (const id of node.ids) found(id)
    }
  }

  #stands(value: string, step: number, label: string): boolean {
    if (label.length === 1) return true
    return this.#isPrefix ? value.startsWith(label, step) : value.endsWith(label, value.length - step)
  }
}
