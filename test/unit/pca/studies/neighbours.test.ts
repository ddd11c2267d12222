import { describe, expect, it } from 'vitest'
import { MOST_COMPARED_ROWS, type NeighboursSummary } from '../../../../core/analyses/pca/studies/neighbours/spec.ts'
import { factorTable } from '../../stats/prepared-tables.ts'
import { tableOf } from '../fit-rows.ts'
import { studyOf } from './run-study.ts'

const rows = factorTable(60, 5, 2, 0.6, 12)
const study = (
  ...given: [Parameters<typeof studyOf>[1], Parameters<typeof studyOf>[2]?, Parameters<typeof studyOf>[3]?]
) => studyOf<NeighboursSummary>('neighbours', ...given)

describe('neighbours kept by a plane of a PCA', () => {
  it('keeps all where the plane is the whole space', () => {
    const flat = rows.map(([a, b]) => [a!, b!])
    const { summary, arrays } = study(tableOf(flat))
    expect(summary).toMatchObject({ keptShare: 1, trustworthiness: 1, neighbours: 12, nCompared: 60, nSamples: 60 })
    expect(arrays['inData']!.data).toEqual(arrays['inScores']!.data)
  })

  it('keeps fewer on a line than in a plane', () => {
    const plane = study(tableOf(rows)).summary
    const line = study(tableOf(rows), {}, { components: [0, 0] }).summary
    expect(plane.keptShare).toBeGreaterThan(line.keptShare)
    expect(plane.trustworthiness).toBeGreaterThan(line.trustworthiness)
  })

  it('finds the same neighbours of one row among all as in the list of the rows', () => {
    const { summary, arrays } = study(tableOf(rows), { scale: 'unit' }, { point: 17 })
    const k = summary.neighbours
    for (const name of ['inData', 'inScores', 'byCosine'] as const) {
      const { points, distances } = summary.chosen![name]
      expect(points).toEqual([...arrays[name]!.data.subarray(17 * k, 18 * k)])
      distances.forEach((distance, i) => expect(distance).toBeCloseTo(arrays[`${name}Distance`]!.data[17 * k + i]!, 8))
    }
  })

  it('does not depend on a common offset of the columns, where they are not centred', () => {
    const far = study(tableOf(rows.map((row) => row.map((cell) => cell + 1e6))), { centre: 'none' })
    const near = study(tableOf(rows))
    expect(far.arrays['inData']!.data).toEqual(near.arrays['inData']!.data)
  })

  it('compares a sample of a large table, the same for the same seed', () => {
    const many = tableOf(factorTable(MOST_COMPARED_ROWS + 500, 3, 2, 0.5, 4))
    const [one, same, other] = [1, 1, 2].map((seed) => study(many, {}, { seed, neighbours: 5 }))
    expect(one!.summary).toMatchObject({ nCompared: MOST_COMPARED_ROWS, nSamples: MOST_COMPARED_ROWS + 500 })
    expect(one!.arrays['kept']).toEqual(same!.arrays['kept'])
    expect(one!.arrays['sampled']).not.toEqual(other!.arrays['sampled'])
    const sampled = one!.arrays['sampled']!.data
    expect([...sampled].every((row, i) => i === 0 || row > sampled[i - 1]!)).toBe(true)
  })

  it('takes fewer neighbours of few rows, and refuses three', () => {
    expect(study(tableOf(rows.slice(0, 5))).summary.neighbours).toBe(2)
    expect(() => study(tableOf(rows.slice(0, 3)))).toThrow()
  })
})
