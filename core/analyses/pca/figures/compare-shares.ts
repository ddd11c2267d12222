import { describeCategories } from '../../../stats/clustering/describe-categories.ts'

/** How often a value stands among chosen rows, and among all. */
export interface ShareDifference {
  column: string
  /** null: the cell is missing */
  value: string | null
  /** of the chosen rows, of the others, and of all, 0 … 1 */
  selectedShare: number
  restShare: number
  allShare: number
  /** how unlikely the count is if the rows were drawn at random; beyond ±1.96 is rare */
  vTest: number
  p: number
}

export interface CodedColumn {
  name: string
  /** by dataset row, −1 where missing */
  codes: ArrayLike<number>
  dictionary: readonly string[]
}

/** Compares the shares of each value of some categories among chosen rows with those among all, the most surprising first.
 * Nothing where none or all are chosen; values that every row has are left out.
 * @param isSelected n: 1 for each chosen row @param rows n: dataset row of each
 * Source: as countVTest in core/stats/hypergeometric.ts; FactoMineR's catdes. */
export function compareShares(
  columns: readonly CodedColumn[],
  isSelected: Uint8Array,
  rows: ArrayLike<number>
): ShareDifference[] {
  const n = rows.length
  const assignment = Int32Array.from(isSelected, (chosen) => (chosen === 1 ? 0 : 1))
  const nSelected = isSelected.reduce((sum, chosen) => sum + chosen, 0)
  return columns
    .flatMap(({ name, codes, dictionary }) => {
      const [traits = []] = describeCategories(codes, dictionary.length, rows, assignment, 2)
      return traits.map(({ code, vTest, p, shareOfCluster, shareOfAll }): ShareDifference => ({
        column: name,
        value: code < 0 ? null : dictionary[code]!,
        selectedShare: shareOfCluster,
        restShare: (shareOfAll * n - shareOfCluster * nSelected) / (n - nSelected),
        allShare: shareOfAll,
        vTest,
        p
      }))
    })
    .sort((a, b) => Math.abs(b.vTest) - Math.abs(a.vTest))
}
