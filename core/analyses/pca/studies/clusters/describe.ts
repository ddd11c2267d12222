import type { Watch } from '../../../../linalg/watch.ts'
import { describeCategories } from '../../../../stats/clustering/describe-categories.ts'
import { describeNumbers } from '../../../../stats/clustering/describe-numbers.ts'
import { withLevels } from '../../figures/number-levels.ts'
import type { PcaStudyInput } from '../../prepared.ts'
import type { CategoryTrait, ClusterSummary, NumberTrait } from './spec.ts'

/** What is told of a cluster: as rare by chance as this, or rarer. */
const RARE = 0.05
/** Traits of each kind that are kept; there may be thousands of columns. */
const MOST_TRAITS = 30

type Traits = Pick<ClusterSummary, 'numbers' | 'categories' | 'nTraits'>

/** Compares each cluster with all rows in every column of the table.
 * @param rows of the dataset, by point */
export function describeClusters(
  { table, params }: PcaStudyInput,
  rows: Int32Array,
  weights: Float64Array | null,
  assignment: Int32Array,
  nClusters: number,
  watch: Watch
): { described: string[]; traits: Traits[] } {
  const numbers: NumberTrait[][] = Array.from({ length: nClusters }, () => [])
  const categories: CategoryTrait[][] = Array.from({ length: nClusters }, () => [])
  for (const [at, column] of withLevels(table.columns, params).entries()) {
    watch.checkpoint()
    watch.progress(at / table.columns.length)
    if (column.kind === 'number') {
      describeNumbers(column.values, rows, assignment, nClusters, weights, watch).forEach((trait, q) => {
        if (trait && trait.p <= RARE) numbers[q]!.push({ column: column.name, ...trait })
      })
    } else if (column.kind === 'codes') {
      const { codes, dictionary } = column
      describeCategories(codes, dictionary.length, rows, assignment, nClusters).forEach((found, q) => {
        for (const { code, ...trait } of found) {
          if (trait.p <= RARE) categories[q]!.push({ column: column.name, value: dictionary[code] ?? null, ...trait })
        }
      })
    }
  }
  return {
    described: table.columns.map(({ name }) => name),
    traits: numbers.map((own, q) => ({
      numbers: strongest(own),
      categories: strongest(categories[q]!),
      nTraits: own.length + categories[q]!.length
    }))
  }
}

function strongest<T extends { vTest: number }>(traits: T[]): T[] {
  return traits.sort((a, b) => Math.abs(b.vTest) - Math.abs(a.vTest)).slice(0, MOST_TRAITS)
}
