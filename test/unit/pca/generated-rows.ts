import fc from 'fast-check'
import { expect } from 'vitest'

/** Rows of four numbers. */
export const measurements = fc.array(
  fc.array(fc.double({ min: -50, max: 50, noNaN: true }), { minLength: 4, maxLength: 4 }),
  {
    minLength: 6,
    maxLength: 14
  }
)

/** A table whose columns surely differ, whatever was generated. */
export const spread = (rows: number[][]): number[][] =>
  rows.map((row, i) => row.map((v, j) => v + (i % 3) * (j + 1) + i * i))

export const close = (a: ArrayLike<number>, b: ArrayLike<number>, tolerance = 1e-9): void => {
  expect(a.length).toBe(b.length)
  for (let i = 0; i < a.length; i++) {
    expect(Math.abs(a[i]! - b[i]!)).toBeLessThanOrEqual(tolerance * (1 + Math.abs(b[i]!)))
  }
}
