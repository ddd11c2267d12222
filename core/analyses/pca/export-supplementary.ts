import type { ExportTable, StoredResult } from '../../contract/analysis.ts'
import { componentNames, later, spread, type Columns } from './export-columns.ts'
import { diagnoseProjected } from './figures/diagnosis.ts'
import { rowCos2 } from './figures/row-measures.ts'
import type { PcaSummary } from './spec.ts'

/** What was projected or related and not fitted, where there is such a thing; columns and categories after they were described.
 * @param rowHeads what stands before the numbers of rows */
export function supplementaryTables(
  result: StoredResult<PcaSummary>,
  rowHeads: (array: string) => Columns
): ExportTable[] {
  const { summary } = result
  const has = (name: string): boolean => result.arrays?.includes(name) ?? false
  const numbers = (name: string): ArrayLike<number> => result.array(name).data
  const tables: ExportTable[] = []
  if (has('supplementaryScores')) {
    const heads = (): Columns => rowHeads('supplementaryRowsUsed')
    const scores = (): ArrayLike<number> => numbers('supplementaryScores')
    const distances = (): ArrayLike<number> => numbers('supplementarySquaredDistances')
    const { nComponents } = summary
    tables.push(
      later('supplementary-scores', 'Scores of supplementary rows', () => [
        ...heads(),
        ...spread(scores(), componentNames(nComponents))
      ]),
      later('supplementary-cos2', 'cos² of supplementary rows', () => [
        ...heads(),
        ...spread(rowCos2({ scores: scores(), nComponents, weights: null }, distances()), componentNames(nComponents))
      ]),
      later('supplementary-diagnostics', 'Diagnostics of supplementary rows: T², Q and distance', () => {
        const { t2, q } = diagnoseProjected(summary, nComponents, scores(), distances())
        return [
          ...heads(),
          { name: 'T2', values: t2 },
          { name: 'Q', values: q },
          { name: 'squared distance', values: distances() }
        ]
      })
    )
    if (has('supplementaryImputedRow')) {
      tables.push(
        later('supplementary-imputed', 'Cells of supplementary rows that were filled in', () => [
          ...rowHeads('supplementaryImputedRow'),
          {
            name: 'column',
            values: Array.from(numbers('supplementaryImputedColumn'), (j) => summary.columns[j]!)
          },
          { name: 'value', values: numbers('supplementaryImputedValue') }
        ])
      )
    }
  }
  if (has('description.correlations')) {
    tables.push(
      later('description-columns', 'Description: correlation of each column with each component', () => {
        const names = result.list('description.numeric')
        const fitted = new Set(summary.columns)
        const components = componentNames(result.array('description.correlations').shape[1] ?? 0)
        return [
          { name: 'column', values: names },
          { name: 'part', values: names.map((name) => (fitted.has(name) ? 'fitted' : 'supplementary')) },
          ...spread(
            numbers('description.correlations'),
            components.map((name) => `${name} r`)
          ),
          ...spread(
            numbers('description.correlationPValues'),
            components.map((name) => `${name} p`)
          )
        ]
      })
    )
  }
  if (has('description.levelRows')) {
    tables.push(
      later(
        'description-levels',
        'Description: mean score, v-test, cos² and η² of each level of the categories',
        () => {
          const components = componentNames(result.array('description.levelMeans').shape[1] ?? 0)
          return [
            { name: 'column', values: result.list('description.levelColumns') },
            { name: 'level', values: result.list('description.levels') },
            { name: 'rows', values: numbers('description.levelRows') },
            ...spread(
              numbers('description.levelMeans'),
              components.map((name) => `${name} mean`)
            ),
            ...spread(
              numbers('description.levelVTests'),
              components.map((name) => `${name} v-test`)
            ),
            ...spread(
              numbers('description.levelPValues'),
              components.map((name) => `${name} p`)
            ),
            ...spread(
              numbers('description.levelCos2'),
              components.map((name) => `${name} cos2`)
            ),
            // A description of an older version has them with its categories alone.
            ...(has('description.levelEta2')
              ? spread(
                  numbers('description.levelEta2'),
                  components.map((name) => `${name} eta2`)
                )
              : [])
          ]
        }
      )
    )
  }
  return tables
}
