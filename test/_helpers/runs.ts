/** How often, or with how much, something is tried: `few` in `npm test`, `many` in `npm run test:long`, which runs every file that asks this. */
export function runs(few: number, many: number): number {
  return (globalThis as {isLongRun?: boolean}).isLongRun === true ? many : few
}
