import type { ExportTable, StoredResult } from '../../contract/analysis.ts'
import { componentNames, later, spread, type Columns } from './export-columns.ts'
import { criteriaTables } from './export-criteria.ts'
import { filledTables } from './export-filled.ts'
import { supplementaryTables } from './export-supplementary.ts'
import { columnContributions, columnCorrelations, columnCos2 } from './figures/column-measures.ts'
import { hotellingT2, sampleVariances } from './figures/hotelling.ts'
import { rowContributions, rowCos2 } from './figures/row-measures.ts'
import type { PcaSummary } from './spec.ts'

/** The tables a person can carry away, in the order of the menu.
 * @param rowNames name of each dataset row (0-based), or null where no column names them */
export function exportPca(result: StoredResult<PcaSummary>, rowNames: string[] | null): ExportTable[] {
  const { summary } = result
  const { columns, nComponents } = summary
  const has = (name: string): boolean => result.arrays?.includes(name) ?? false
  const features: Columns[number] = { name: 'column', values: [...columns] }
  /** what stands before the numbers of rows: their number in the dataset, from 1, and their name */
  const rowHeads = (array = 'rowsUsed'): Columns => {
    const rows = Array.from(result.array(array).data)
    const labels = rowNames === null ? [] : [{ name: 'label', values: rows.map((row) => rowNames[row] ?? '') }]
    return [{ name: 'row', values: rows.map((row) => row + 1) }, ...labels]
  }
  const byComponent = (data: ArrayLike<number>): Columns => spread(data, componentNames(nComponents))
  const numbers = (name: string): ArrayLike<number> => result.array(name).data
  const tables: ExportTable[] = [
    later('scores', 'Scores: each row on the components', () => [...rowHeads(), ...byComponent(numbers('scores'))]),
    later('loadings', 'Loadings: component × √variance', () => [features, ...byComponent(numbers('loadings'))]),
    later('components', 'Components: unit vectors', () => [features, ...componentsByFeature(result)]),
    later('explained-variance', 'Explained variance', () => [
      { name: 'component', values: componentNames(nComponents) },
      { name: 'eigenvalue', values: summary.explainedVariance },
      { name: 'ratio', values: summary.explainedVarianceRatio },
      { name: 'cumulative', values: runningSum(summary.explainedVarianceRatio) },
      { name: 'singular value', values: summary.singularValues }
    ]),
    later('column-contributions', 'Contributions of columns: percent of each component', () => [
      features,
      ...byComponent(columnContributions(numbers('loadings'), nComponents))
    ])
  ]
  if (has('deviations')) {
    const correlations = (): Float64Array => columnCorrelations(numbers('loadings'), nComponents, numbers('deviations'))
    tables.push(
      later('column-correlations', 'Correlations of columns with components', () => [
        features,
        ...byComponent(correlations())
      ]),
      later('column-cos2', 'cos² of columns: how well each component represents them', () => [
        features,
        ...byComponent(columnCos2(correlations()))
      ])
    )
  }
  if (!has('squaredDistances')) return tables
  const rowScores = () => ({
    scores: numbers('scores'),
    nComponents,
    weights: has('weights') ? numbers('weights') : null
  })
  tables.push(
    later('row-cos2', 'cos² of rows: how well each component represents them', () => [
      ...rowHeads(),
      ...byComponent(rowCos2(rowScores(), numbers('squaredDistances')))
    ]),
    later('row-contributions', 'Contributions of rows: percent of each component', () => [
      ...rowHeads(),
      ...byComponent(rowContributions(rowScores(), summary.explainedVariance))
    ]),
    later('diagnostics', 'Diagnostics: T², Q and distance of each row, over all components kept', () => [
      ...rowHeads(),
      { name: 'T2', values: t2Of(summary, numbers('scores')) },
      { name: 'Q', values: numbers('residualSquares') },
      { name: 'squared distance', values: numbers('squaredDistances') }
    ])
  )
  tables.push(...supplementaryTables(result, rowHeads), ...filledTables(result, rowHeads))
  if (has('clusters.assignment')) {
    tables.push(
      later('clusters', 'Clusters: which one each row belongs to', () => [
        ...rowHeads(),
        { name: 'cluster', values: Array.from(numbers('clusters.assignment'), (cluster) => cluster + 1) }
      ])
    )
  }
  tables.push(...criteriaTables(result))
  for (const [name, label] of [
    ['pattern', 'Rotated components: pattern'],
    ['structure', 'Rotated components: structure'],
    ['scores', 'Rotated components: scores']
  ] as const) {
    if (!has(`rotation.${name}`)) continue
    tables.push(
      later(`rotation-${name}`, label, () => {
        const { data, shape } = result.array(`rotation.${name}`)
        const names = Array.from({ length: shape[1] ?? 0 }, (_, k) => `RC${k + 1}`)
        return [...(name === 'scores' ? rowHeads() : [features]), ...spread(data, names)]
      })
    )
  }
  return tables
}

/** Hotelling's T² over every component with variance. */
function t2Of(summary: PcaSummary, scores: ArrayLike<number>): Float64Array {
  const { explainedVariance, divisor, nSamples, nComponents } = summary
  return hotellingT2({ scores, nComponents }, sampleVariances(explainedVariance, divisor, nSamples), nComponents)
}

/** components is nComponents × nFeatures: each row becomes a column of the table. */
function componentsByFeature(result: StoredResult<PcaSummary>): Columns {
  const { shape, data } = result.array('components')
  const [nComponents = 0, nFeatures = 0] = shape
  return componentNames(nComponents).map((component, k) => ({
    name: component,
    values: Float64Array.from(data.subarray(k * nFeatures, (k + 1) * nFeatures))
  }))
}

function runningSum(values: number[]): number[] {
  let sum = 0
  return values.map((value) => (sum += value))
}
