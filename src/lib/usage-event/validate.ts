/** Checks one parsed event; answers its problems as sentences, none for an event that keeps the contract. */
export type UsageEventValidator = (value: unknown) => string[]

/** The contract as a check. The validator library is loaded by this call, so that commands that validate nothing start fast. */
export async function createUsageEventValidator(): Promise<UsageEventValidator> {
  const {compileContract} = await import('./compile-contract')
  return compileContract()
}
