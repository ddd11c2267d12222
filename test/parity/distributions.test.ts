import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import * as distributions from '../../core/stats/distributions.ts'

type Family = 'normal' | 'chiSquared' | 'student' | 'f' | 'beta'
interface Case {
  name: Family
  parameters: number[]
  /** x, P(X ≤ x), P(X > x) */
  probabilities: [number, number, number][]
  /** p, x with P(X ≤ x) = p */
  quantiles: [number, number][]
}
/** Made by scripts/fixtures/make-distributions.py: mpmath with 32 digits, checked against scipy. */
const { cases } = JSON.parse(readFileSync(join(import.meta.dirname, 'fixtures/distributions.json'), 'utf8')) as {
  cases: Case[]
}

const functions: Record<string, (value: number, ...parameters: number[]) => number> = distributions
const relative = (found: number, expected: number): number =>
  found === expected ? 0 : Math.abs(found - expected) / Math.abs(expected)

describe('distributions, against mpmath and scipy', () => {
  it.each(cases)('$name $parameters', ({ name, parameters, probabilities, quantiles }) => {
    const call = (what: 'Cdf' | 'Tail' | 'Quantile', value: number): number =>
      functions[`${name}${what}`]!(value, ...parameters)
    expect(probabilities.length + quantiles.length).toBeGreaterThan(8)
    for (const [x, lower, upper] of probabilities) {
      expect(relative(call('Cdf', x), lower), `below ${x}`).toBeLessThan(1e-12)
      expect(relative(call('Tail', x), upper), `above ${x}`).toBeLessThan(1e-12)
    }
    for (const [p, x] of quantiles) expect(relative(call('Quantile', p), x), `of ${p}`).toBeLessThan(1e-12)
  })
})
