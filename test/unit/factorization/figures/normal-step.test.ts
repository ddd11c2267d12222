import { describe, expect, test } from 'vitest'
import {
  differenceOf,
  squaresByFactor,
  stepRule,
  writeStep
} from '../../../../core/analyses/factorization/figures/normal-step.ts'
import { fits } from '../../../../core/analyses/factorization/fits.ts'
import type { Method } from '../../../../core/analyses/factorization/methods.ts'
import { runFactorization } from '../../../../core/analyses/factorization/run.ts'
import { buildParams, drawRatings, quiet, solveDense, tableOfCells } from '../build.ts'

const cells = drawRatings(30, 12, 0.4, 3)

function fitted(method: Method) {
  const params = buildParams({ method, nFactors: 3, regularization: 0.3, iterations: 12, unobservedWeight: 0.2 })
  const { summary, arrays } = runFactorization(tableOfCells(cells), params, quiet, {})
  // The table names users and items in the order they are first seen, which is another than theirs.
  const order = (index: Int32Array): Map<number, number> => new Map([...new Set(index)].map((own, at) => [own, at]))
  return { params, summary, arrays, users: order(cells.userIndex), items: order(cells.itemIndex) }
}

/** The step of one user of a fit, from what is stored of it. */
function stepOf(method: Method, own: number) {
  const { params, summary, arrays, users, items } = fitted(method)
  const { nFactors } = summary
  const q = arrays['itemFactors']!.data
  const rated = Array.from(cells.userIndex, (user, t) => ({ user, t })).filter(({ user }) => user === own)
  const places = rated.map(({ t }) => items.get(cells.itemIndex[t]!)!)
  const rule = stepRule(params, summary, rated.length)!
  const step = writeStep(rule, {
    values: rated.map(({ t }) => cells.values[t]!),
    factors: places.flatMap((item) => Array.from(q.slice(item * nFactors, (item + 1) * nFactors))),
    itemBias: places.map((item) => arrays['itemBias']!.data[item]!),
    nFactors,
    allSquares: squaresByFactor(
      Array.from({ length: summary.nItems }, (_, item) => q[item * nFactors]!),
      summary.factorShare
    )
  })!
  const user = users.get(own)!
  const stored = [
    ...arrays['userFactors']!.data.slice(user * nFactors, (user + 1) * nFactors),
    ...(rule.withBias ? [arrays['userBias']!.data[user]!] : [])
  ]
  return { step, stored }
}

describe('one step of alternating least squares, written out', () => {
  test.each(['als', 'wals', 'ials', 'hkv'] satisfies Method[])('of %s gives what is stored of the user', (method) => {
    if (fits[method] === undefined) return
    for (const user of [0, 7, 29]) {
      const { step, stored } = stepOf(method, user)
      expect(differenceOf(step.solution, stored)).toBeLessThan(1e-9)
    }
  })

  test('is the dense system solved by elimination, and L Lᵀ is A', () => {
    const { step } = stepOf('als', 4)
    const n = step.size
    const rows = Array.from({ length: n }, (_, a) => Array.from(step.gram.slice(a * n, (a + 1) * n)))
    expect(differenceOf(step.solution, solveDense(rows, Array.from(step.right)))).toBeLessThan(1e-12)
    for (let a = 0; a < n; a++) {
      for (let b = 0; b < n; b++) {
        let sum = 0
        for (let k = 0; k < n; k++) sum += step.lower[a * n + k]! * step.lower[b * n + k]!
        expect(sum).toBeCloseTo(rows[a]![b]!, 12)
        if (b > a) expect(step.lower[a * n + b]).toBe(0)
      }
    }
  })

  test('is not written where nothing holds a coordinate', () => {
    const rule = { withBias: false, blankWeight: 0, weightOf: () => 1, targetOf: Number, ridge: 0, lastRidge: null }
    const rated = { values: [1], factors: [1, 2], itemBias: [0], nFactors: 2, allSquares: [0, 0] }
    expect(writeStep(rule, rated)).toBeNull()
  })

  test('a result of before, which does not know the spread of its ratings, has no rule of als', () => {
    const params = buildParams({ method: 'als' })
    expect(stepRule(params, { globalMean: 3, nItems: 5, deviation: undefined }, 4)).toBeNull()
    expect(stepRule({ ...params, method: 'sgd' }, { globalMean: 3, nItems: 5, deviation: 1 }, 4)).toBeNull()
  })
})
