import { diagnoseProjected, diagnoseRows, limitsOf } from '../../analyses/pca/figures/diagnosis.ts'
import { rowContributions, rowCos2, type RowScores } from '../../analyses/pca/figures/row-measures.ts'
import { descriptionSummarySchema, type DescriptionSummary } from '../../analyses/pca/studies/description/spec.ts'
import type { ResultArray } from '../../contract/analysis.ts'
import type { Printable } from '../json-stream.ts'
import type { PcaOutcome, PcaPiece } from './piece.ts'

const LEVEL = 0.95

/** The rows of a fit: cos² and contributions, how unusual each is, what the components go with, and what was supplementary. */
export const diagnosePiece: PcaPiece = {
  options: {},
  entries: async (outcome) => {
    const { summary, array, has, values } = outcome
    const K = summary.nComponents
    const [scores, distances, residuals, spectrum] = await Promise.all(
      ['scores', 'squaredDistances', 'residualSquares', 'spectrum'].map((name) => array(name))
    )
    const weights = has('weights') ? (await array('weights')).data : null
    const rows: RowScores = { scores: scores!.data, nComponents: K, weights }
    const groups = [{ width: K, load: () => Promise.resolve(scores!.data) }]
    const diagnosis = await diagnoseRows(summary, K, groups, { residuals: residuals!.data }, weights)
    const limits = limitsOf(summary, diagnosis, spectrum!.data, LEVEL)
    const ofRows = (data: Float64Array): Printable => ({
      object: [['rows', { array: { dtype: 'float64', shape: [summary.nSamples, K], data } }]]
    })
    // Nobody reads what is not printed.
    const description = values['json'] === true ? await describe(outcome) : null
    return [
      ['cos2', ofRows(rowCos2(rows, distances!.data))],
      ['contributions', ofRows(rowContributions(rows, summary.explainedVariance))],
      ['hotellingT2', limited(diagnosis.t2, limits.t2.f, limits.t2)],
      [
        'qResidual',
        limited(diagnosis.q, limits.q.jacksonMudholkar ?? limits.q.box, { ...limits.q, boxFrom: limits.boxFrom })
      ],
      ['leverage', { numbers: diagnosis.leverage }],
      ...(description ? ([['description', { json: byComponent(description) }]] as [string, Printable][]) : []),
      ['supplementary', { object: await supplementary(outcome, description) }]
    ]
  }
}

const limited = (values: Float64Array, limit: number | null, limits: Record<string, unknown>): Printable => ({
  object: [
    ['values', { numbers: values }],
    ['limit', { json: limit }],
    ['limits', { json: limits }],
    ['level', { json: LEVEL }]
  ]
})

interface Description {
  summary: DescriptionSummary
  correlations: ResultArray
  pValues: ResultArray
  fitted: Set<string>
}

async function describe({ study, array, summary }: PcaOutcome): Promise<Description> {
  const record = await study('description', { nComponents: summary.nComponents })
  return {
    summary: descriptionSummarySchema.parse(record.summary),
    correlations: await array('description.correlations'),
    pValues: await array('description.correlationPValues'),
    fitted: new Set(summary.columns)
  }
}

/** As FactoMineR's dimdesc: of each component the columns by their correlation, the categories by their p-value, the levels from
 * the most surprising above the mean to the most surprising below it. */
function byComponent({ summary, correlations, pValues, fitted }: Description): unknown[] {
  const K = summary.nComponents
  return Array.from({ length: K }, (_, k) => ({
    component: k + 1,
    numeric: summary.numeric
      .map((column, i) => ({
        column,
        correlation: correlations.data[i * K + k]!,
        p: pValues.data[i * K + k]!,
        fitted: fitted.has(column)
      }))
      .sort((a, b) => b.correlation - a.correlation),
    categories: summary.categories
      .map(({ column, r2, pValues: p }) => ({ column, r2: r2[k]!, p: p[k]! }))
      .sort((a, b) => a.p - b.p),
    levels: summary.categories
      .flatMap(({ column, levels }) =>
        levels.map((level) => ({
          column,
          level: level.level,
          estimate: level.estimates[k]!,
          coordinate: level.coordinates[k]!,
          vTest: level.vTests[k]!,
          p: level.pValues[k]!
        }))
      )
      .sort((a, b) => b.vTest - a.vTest)
  }))
}

/** Cells of supplementary rows that were missing, and what stands for them. Rows count from 1. */
async function filledIn(columns: readonly string[], array: PcaOutcome['array']): Promise<unknown[]> {
  const [rows, places, values] = await Promise.all(
    ['Row', 'Column', 'Value'].map((what) => array(`supplementaryImputed${what}`))
  )
  return Array.from(rows!.data, (row, i) => ({
    row: row + 1,
    column: columns[places!.data[i]!]!,
    value: values!.data[i]!
  }))
}

/** What was projected and not fitted. Parts that were not asked for are empty. */
async function supplementary(
  { summary, params, array, has }: PcaOutcome,
  description: Description | null
): Promise<[string, Printable][]> {
  const K = summary.nComponents
  const parts: [string, Printable][] = []
  if (has('supplementaryRowsUsed')) {
    const [used, scores, distances] = await Promise.all(
      ['supplementaryRowsUsed', 'supplementaryScores', 'supplementarySquaredDistances'].map((name) => array(name))
    )
    const { t2, q } = diagnoseProjected(summary, K, scores!.data, distances!.data)
    const cos2 = rowCos2({ scores: scores!.data, nComponents: K, weights: null }, distances!.data)
    parts.push([
      'rows',
      {
        object: [
          // Rows count from 1 for a person; the stored ones count from 0.
          ['rows', { numbers: used!.data.map((row) => row + 1) }],
          ['scores', { array: scores! }],
          ['cos2', { array: { dtype: 'float64', shape: scores!.shape, data: cos2 } }],
          ['hotellingT2', { numbers: t2 }],
          ['qResidual', { numbers: q }],
          ['imputed', { json: has('supplementaryImputedRow') ? await filledIn(summary.columns, array) : [] }]
        ]
      }
    ])
  } else parts.push(['rows', { json: { rows: [], scores: [], cos2: [], hotellingT2: [], qResidual: [], imputed: [] } }])
  if (!description) return parts
  const asked = new Set([...params.supplementaryColumns, ...(params.group === null ? [] : [params.group])])
  const found = description.summary
  const columns = found.numeric.flatMap((name, i) => {
    if (!asked.has(name)) return []
    const count = found.nComponents
    const correlations = Array.from(description.correlations.data.subarray(i * count, (i + 1) * count))
    return { column: name, correlations, cos2: correlations.map((r) => r * r) }
  })
  const categories = found.categories
    .filter(({ column }) => asked.has(column))
    .map(({ column, r2, pValues, levels }) => ({
      column,
      r2,
      p: pValues,
      levels: levels.map(({ level, rows, coordinates, cos2, vTests }) => ({ level, rows, coordinates, cos2, vTests }))
    }))
  return [...parts, ['columns', { json: columns }], ['categories', { json: categories }]]
}
