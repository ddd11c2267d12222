import type { ExportTable, StoredResult } from '../../contract/analysis.ts'
import type { PcaSummary } from './spec.ts'

type Columns = ExportTable['columns']

/** The tables a person can carry away, in the order of the menu.
 * @param rowNames name of each dataset row (0-based), or null where no column names them */
export function exportPca(result: StoredResult<PcaSummary>, rowNames: string[] | null): ExportTable[] {
  const { summary } = result
  const { columns, nComponents } = summary
  const rows = Array.from(result.array('rowsUsed').data)
  const features: Columns[number] = { name: 'column', values: [...columns] }
  const labels: Columns = rowNames === null ? [] : [{ name: 'label', values: rows.map((row) => rowNames[row] ?? '') }]
  return [
    {
      name: 'scores',
      label: 'Scores: each row on the components',
      columns: [{ name: 'row', values: rows.map((row) => row + 1) }, ...labels, ...componentColumns(result, 'scores')]
    },
    {
      name: 'loadings',
      label: 'Loadings: component × √variance',
      columns: [features, ...componentColumns(result, 'loadings')]
    },
    {
      name: 'components',
      label: 'Components: unit vectors',
      columns: [features, ...componentsByFeature(result)]
    },
    {
      name: 'explained-variance',
      label: 'Explained variance',
      columns: [
        { name: 'component', values: componentNames(nComponents) },
        { name: 'eigenvalue', values: summary.explainedVariance },
        { name: 'ratio', values: summary.explainedVarianceRatio },
        { name: 'cumulative', values: runningSum(summary.explainedVarianceRatio) },
        { name: 'singular value', values: summary.singularValues }
      ]
    }
  ]
}

const componentNames = (nComponents: number): string[] => Array.from({ length: nComponents }, (_, k) => `PC${k + 1}`)

/** The columns of an array whose second dimension is the components. */
function componentColumns(result: StoredResult<PcaSummary>, name: 'scores' | 'loadings'): Columns {
  const { shape, data } = result.array(name)
  const [nRows = 0, nComponents = 0] = shape
  return componentNames(nComponents).map((component, k) => ({
    name: component,
    values: Float64Array.from({ length: nRows }, (_, i) => data[i * nComponents + k]!)
  }))
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
