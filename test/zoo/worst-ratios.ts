import { afterAll, expect } from 'vitest'

/** LAPACK passes ratios up to 20 to 50 (TESTING/*.in); ours must stay below. */
const THRESHOLD = 10

/** Holds ratios below a limit, and prints the worst of each kind at the end.
 * @returns what a test calls with the kind of the ratio and where it was met */
export function worstRatios(title: string): (kind: string, ratio: number, where: string, limit?: number) => void {
  const worst = new Map<string, { ratio: number; where: string }>()
  afterAll(() => {
    const lines = [...worst].map(
      ([kind, { ratio, where }]) => `  ${kind.padEnd(30)} ${ratio.toPrecision(4).padEnd(9)} (${where})`
    )
    console.info(`${title}: worst ratios\n${lines.join('\n')}`)
  })
  return (kind, ratio, where, limit = THRESHOLD) => {
    const before = worst.get(kind)
    if (before === undefined || ratio > before.ratio) worst.set(kind, { ratio, where })
    expect(ratio, `${kind}, ${where}`).toBeLessThan(limit)
  }
}
