import fc from 'fast-check'
import { expect, it } from 'vitest'
import { pcaSpec } from '../../../core/analyses/pca/spec.ts'
import { settleParams } from '../../../core/analyses/pca/settle.ts'
import type { DatasetShape } from '../../../core/contract/analysis.ts'
import { canRun } from '../../../renderer/analyses/form.ts'

const names = ['a', 'b', 'c', 'd', 'e']
const dataset: DatasetShape = {
  name: 'small',
  nRows: 20,
  ratings: null,
  columns: names.map((name) => ({ name, type: 'number', missing: 0, min: 0, max: 9 }))
}
type Params = Record<string, unknown>
const start: Params = pcaSpec.defaults(dataset)
const change = (params: Params, changed: Params): Params => settleParams({ ...params, ...changed }, params, dataset)

it('takes a column that gets another part out of the fit, and the number of components with it', () => {
  for (const part of [{ weight: 'b' }, { group: 'b' }, { label: 'b' }, { supplementaryColumns: ['b'] }]) {
    const settled = change(start, part)
    expect(settled).toMatchObject({ ...part, columns: ['a', 'c', 'd', 'e'], nComponents: 4 })
    expect(canRun(pcaSpec, settled, dataset)).toBe(true)
  }
})

it('takes a column that is fitted out of its other part', () => {
  const apart = change(change(start, { supplementaryColumns: ['a', 'b'] }), { weight: 'c' })
  expect(apart).toMatchObject({ columns: ['d', 'e'], nComponents: 2 })
  const settled = change(apart, { columns: ['b', 'c', 'd', 'e'] })
  expect(settled).toMatchObject({ supplementaryColumns: ['a'], weight: null, nComponents: 4 })
})

it('keeps a number of components that was chosen for as long as it is possible', () => {
  const two = change(start, { nComponents: 2 })
  expect(change(two, { columns: ['a', 'b', 'c'] })).toMatchObject({ nComponents: 2 })
  expect(change(two, { columns: ['a'] })).toMatchObject({ nComponents: 1 })
  expect(change(start, { nComponents: 99 })).toMatchObject({ nComponents: 99 })
  expect(change(start, { nComponents: 'x' })).toMatchObject({ nComponents: 'x' })
  const filled = change(change(start, { missing: 'iterative' }), { imputeComponents: 4 })
  expect(change(filled, { columns: ['a', 'b'] })).toMatchObject({ imputeComponents: 2 })
})

it('leaves what a result was asked for alone where something else changes', () => {
  const odd = { ...start, label: 'a' }
  expect(change(odd, { scale: 'unit' })).toEqual({ ...odd, scale: 'unit' })
})

const subset = fc.subarray(names)
const single = fc.constantFrom(null, ...names)
const step = fc.oneof(
  subset.map((columns): Params => ({ columns })),
  subset.map((supplementaryColumns): Params => ({ supplementaryColumns })),
  single.map((weight): Params => ({ weight })),
  single.map((group): Params => ({ group })),
  single.map((label): Params => ({ label }))
)

it('whatever is chosen one after the other, no fitted column has another part and the count is possible', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
      const last = steps.reduce(change, start)
      const columns = last['columns'] as string[]
      const others = [last['weight'], last['group'], last['label'], ...(last['supplementaryColumns'] as string[])]
      expect(columns.filter((name) => others.includes(name))).toEqual([])
      if (columns.length > 0) expect(canRun(pcaSpec, last, dataset)).toBe(true)
    })
  )
})

it('looks at each of many columns a few times, not once for every other', () => {
  const wide: DatasetShape = {
    ...dataset,
    columns: Array.from({ length: 2000 }, (_, j) => ({ name: `v${j}`, type: 'number', missing: 0, min: 0, max: 9 }))
  }
  let looks = 0
  const counted = (params: Params): Params => ({
    ...params,
    columns: new Proxy(params['columns'] as string[], {
      get: (names, key): unknown => {
        if (typeof key === 'string' && /^\d+$/.test(key)) looks++
        return Reflect.get(names, key)
      }
    })
  })
  const [before, after] = [counted(pcaSpec.defaults(wide)), counted({ ...pcaSpec.defaults(wide), label: 'v7' })]
  expect(settleParams(after, before, wide)['columns']).toHaveLength(1999)
  expect(looks).toBeLessThan(20 * 2000)
})
