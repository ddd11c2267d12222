import type { MathContext, MathStepId } from '../../../../core/analyses/pca/figures/math-steps.ts'
import { cornerOf, GAP } from '../../../../core/analyses/pca/figures/matrix-corner.ts'
import type { PcaSummary } from '../../../../core/analyses/pca/spec.ts'
import { formatCount } from '../../../ui/format.ts'
import { along, joined, namesAlong, partOf, type MatrixView } from '../../math/matrix-view.ts'
import type { PcaPoints } from '../points.svelte.ts'
import type { MathNumbers } from './math-numbers.svelte.ts'

/** Rows of a long matrix that are shown. */
const MOST_ROWS = 4

const SCALE_NAMES: Record<MathContext['scale'], string> = {
  none: '',
  unit: 'sd',
  pareto: '√sd',
  range: 'range',
  robust: '1.4826 MAD'
}

/** The numbers of one step; null where it has none or they are on their way.
 * @param unit of all columns, '' where they have none or differ
 * @param chosen a point whose scores are shown too */
export function matrixView(
  id: MathStepId,
  numbers: MathNumbers,
  points: PcaPoints,
  summary: PcaSummary,
  unit: string,
  chosen: number
): MatrixView | null {
  const { columnCorner, componentCorner, factors, context } = numbers
  const columnNames = namesAlong(columnCorner, (j) => summary.columns[j]!)
  const componentNames = componentCorner.map((k) => `PC${k + 1}`)
  const columnsNote = partOf(columnCorner, summary.nFeatures, 'columns')
  const componentsNote = partOf(componentCorner, summary.nComponents, 'components')
  const perColumn = (
    label: string,
    name: string,
    values: readonly number[],
    decimals: 'each' | 'none' = 'each'
  ): MatrixView => ({
    label,
    columnNames,
    rows: [{ name, values: along(columnCorner, (j) => values[j]!), decimals }],
    signed: false,
    note: columnsNote
  })
  const withUnit = (name: string): string => (unit === '' ? name : `${name}, ${unit}`)
  switch (id) {
    case 'fill': {
      const counts = summary.columns.map((name) => summary.imputed[name] ?? 0)
      return perColumn('Cells filled in, by column', 'cells', counts, 'none')
    }
    case 'weigh': {
      const weights = numbers.rowWeights
      if (!weights) return null
      const corner = cornerOf(weights.length, MOST_ROWS)
      return {
        label: 'Row weights',
        columnNames: namesAlong(corner, (i) => rowName(points, i)),
        rows: [{ name: 'weight', values: along(corner, (i) => weights[i]!) }],
        signed: false,
        note: partOf(corner, weights.length, 'rows')
      }
    }
    case 'centre':
      if (context.centre === 'none') return null
      return perColumn('What is subtracted from each column', withUnit(context.centre), summary.mean)
    case 'scale':
      return perColumn(
        'What each column is divided by',
        context.scale === 'pareto' ? SCALE_NAMES.pareto : withUnit(SCALE_NAMES[context.scale]),
        numbers.scale
      )
    case 'covariance':
      return square('Covariance of the columns', numbers.covariance, columnCorner, columnNames, columnsNote)
    case 'gram': {
      const corner = numbers.pointCorner
      const rowNames = namesAlong(corner, (i) => rowName(points, i))
      return square('Products of the rows', numbers.gram, corner, rowNames, partOf(corner, summary.nSamples, 'rows'))
    }
    case 'axes': {
      if (!numbers.components) return null
      const weights = componentCorner.map((k) => numbers.weightsOf(k)!)
      return {
        label: 'Components: the weight of each column',
        columnNames: componentNames,
        rows: columnCorner.map((j) => ({
          name: j === GAP ? '' : summary.columns[j]!,
          values: weights.map((axis) => (j === GAP ? null : axis[j]!))
        })),
        signed: true,
        note: joined(columnsNote, componentsNote)
      }
    }
    case 'share':
      return {
        label: 'Variance along each component, and its share',
        columnNames: componentNames,
        rows: [
          {
            name: 'λ',
            values: componentCorner.map((k) => summary.explainedVariance[k]! * factors.variance),
            decimals: 'row'
          },
          {
            name: 'share, %',
            values: componentCorner.map((k) => 100 * summary.explainedVarianceRatio[k]!),
            decimals: 'row'
          }
        ],
        signed: false,
        note: componentsNote
      }
    case 'project': {
      const corner = numbers.rowCorner
      if (!numbers.knowsScores) return null
      return {
        label: 'Scores',
        columnNames: componentNames,
        rows: corner.map((point) => ({
          name: point === GAP ? '' : rowName(points, point),
          values: componentCorner.map((k) => (point === GAP ? null : numbers.scoreOf(point, k))),
          hot: point === chosen
        })),
        signed: false,
        note: joined(partOf(corner, summary.nSamples, 'rows'), componentsNote)
      }
    }
    case 'supplementary': {
      const extra = numbers.supplementary
      if (!extra) return null
      const { scores, rows } = extra
      const total = rows.length
      const corner = cornerOf(total, MOST_ROWS)
      const scoreOf = (i: number, k: number): number => scores[i * summary.nComponents + k]! * numbers.factorOf(k)
      return {
        label: 'Scores of the supplementary rows',
        columnNames: componentNames,
        rows: corner.map((i) => ({
          name: i === GAP ? '' : formatCount(rows[i]! + 1),
          values: componentCorner.map((k) => (i === GAP ? null : scoreOf(i, k)))
        })),
        signed: false,
        note: joined(partOf(corner, total, 'rows'), componentsNote)
      }
    }
    case 'rows':
      return null
  }
}

/** "118": the number of the row in the dataset, counted from 1. */
const rowName = (points: PcaPoints, point: number): string => formatCount(points.rowOf[point]! + 1)

/** A square of the products shown; at gaps of the corner the products that are not. */
function square(
  label: string,
  products: number[][] | null,
  corner: readonly number[],
  cornerNames: string[],
  note: string
): MatrixView | null {
  if (!products) return null
  const shown = corner.filter((position) => position !== GAP)
  const placeOf = (position: number): number => shown.indexOf(position)
  return {
    label,
    columnNames: cornerNames,
    rows: corner.map((row, at) => ({
      name: cornerNames[at]!,
      values: corner.map((column) => (row === GAP || column === GAP ? null : products[placeOf(row)]![placeOf(column)]!))
    })),
    signed: true,
    note
  }
}
