/** How the keys of documents are compared: in lower case where case does not count, else as they are. */
export type Fold = (key: string) => string

export const foldCase: Fold = (key) => key.toLowerCase()
export const keepCase: Fold = (key) => key
