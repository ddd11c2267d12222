import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  betaCdf,
  betaQuantile,
  betaTail,
  chiSquaredCdf,
  chiSquaredQuantile,
  chiSquaredTail,
  fCdf,
  fQuantile,
  fTail,
  normalCdf,
  normalQuantile,
  normalTail,
  studentCdf,
  studentQuantile,
  studentTail
} from '../../../core/stats/distributions.ts'
import { logGamma } from '../../../core/stats/stirling.ts'

const degrees = fc.double({ min: 0.5, max: 5000, noNaN: true })
const probability = fc.double({ min: 1e-12, max: 1 - 1e-12, noNaN: true })

describe('distributions', () => {
  it('agree with printed tables', () => {
    // NIST/SEMATECH e-Handbook of Statistical Methods, §1.3.6.7
    expect(normalQuantile(0.975)).toBeCloseTo(1.959964, 6)
    expect(studentQuantile(0.975, 4)).toBeCloseTo(2.776, 3)
    expect(chiSquaredQuantile(0.95, 36)).toBeCloseTo(50.998, 3)
    expect(fQuantile(0.95, 3, 10)).toBeCloseTo(3.708, 3)
  })

  it('have closed forms where they have', () => {
    for (const x of [1e-8, 0.3, 2, 40, 900]) {
      expect(chiSquaredTail(x, 2) / Math.exp(-x / 2)).toBeCloseTo(1, 12)
      // one degree of freedom: Cauchy
      expect(studentCdf(x, 1)).toBeCloseTo(0.5 + Math.atan(x) / Math.PI, 14)
    }
    for (const x of [0, 0.2, 0.5, 1]) expect(betaCdf(x, 1, 1)).toBeCloseTo(x, 15)
    // Γ(5) = 24, Γ(½) = √π
    expect(logGamma(5)).toBeCloseTo(Math.log(24), 14)
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 14)
  })

  it('begin at 0 and end at 1', () => {
    expect([normalCdf(-Infinity), normalTail(-Infinity), normalCdf(Infinity)]).toEqual([0, 1, 1])
    expect([chiSquaredCdf(0, 3), chiSquaredTail(-1, 3), chiSquaredTail(Infinity, 3)]).toEqual([0, 1, 0])
    expect([fCdf(0, 2, 3), fTail(Infinity, 2, 3)]).toEqual([0, 0])
    expect([betaCdf(-1, 2, 3), betaCdf(2, 2, 3), betaTail(1, 2, 3)]).toEqual([0, 1, 0])
    expect([normalQuantile(0), normalQuantile(1), normalQuantile(0.5)]).toEqual([-Infinity, Infinity, 0])
    expect([chiSquaredQuantile(0, 3), chiSquaredQuantile(1, 3)]).toEqual([0, Infinity])
    expect([betaQuantile(0, 2, 3), betaQuantile(1, 2, 3), studentQuantile(1, 3)]).toEqual([0, 1, Infinity])
  })

  it('know nothing outside of their range', () => {
    for (const nothing of [
      normalCdf(NaN),
      normalQuantile(1.5),
      normalQuantile(-0.5),
      chiSquaredTail(1, 0),
      chiSquaredQuantile(0.5, -1),
      studentTail(1, NaN),
      fTail(1, 0, 3),
      betaQuantile(0.3, 1, 0)
    ]) {
      expect(nothing).toBeNaN()
    }
  })

  it('tail into each other: many degrees of freedom are the normal, F of one is t²', () => {
    expect(studentTail(2.5, Infinity)).toBe(normalTail(2.5))
    expect(studentTail(2.5, 1e9) / normalTail(2.5)).toBeCloseTo(1, 7)
    fc.assert(
      fc.property(degrees, fc.double({ min: 0.01, max: 30, noNaN: true }), (df, t) => {
        expect(fTail(t * t, 1, df) / (2 * studentTail(t, df))).toBeCloseTo(1, 11)
      })
    )
  })

  it('give back the probability of their quantiles', () => {
    fc.assert(
      fc.property(probability, degrees, degrees, (p, df, other) => {
        expect(chiSquaredCdf(chiSquaredQuantile(p, df), df) / p).toBeCloseTo(1, 9)
        expect(studentCdf(studentQuantile(p, df), df) / p).toBeCloseTo(1, 9)
        expect(fCdf(fQuantile(p, df, other), df, other) / p).toBeCloseTo(1, 9)
        expect(normalCdf(normalQuantile(p)) / p).toBeCloseTo(1, 9)
      })
    )
  })

  it('grow with x', () => {
    fc.assert(
      fc.property(degrees, degrees, fc.double({ min: 0, max: 50, noNaN: true }), (df, other, x) => {
        expect(chiSquaredCdf(x * 1.01 + 1e-9, df)).toBeGreaterThanOrEqual(chiSquaredCdf(x, df))
        expect(fTail(x * 1.01 + 1e-9, df, other)).toBeLessThanOrEqual(fTail(x, df, other) * (1 + 1e-12))
      })
    )
  })
})
