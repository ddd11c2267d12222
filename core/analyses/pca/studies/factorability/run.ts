import type { AnalysisResult } from '../../../../contract/analysis.ts'
import type { StudyRun } from '../../../../contract/study.ts'
import { unwatched } from '../../../../linalg/watch.ts'
import { factorability } from '../../../../stats/factorability.ts'
import { preparedCorrelations } from '../../../../stats/prepared-correlations.ts'
import { preparedMatrix } from '../../prepared.ts'
import type { PcaParams, PcaSummary } from '../../spec.ts'
import type { FactorabilityParams, FactorabilitySummary } from './spec.ts'

/** Columns of which the inverse of the correlations is still worth its time. */
const MOST_COLUMNS = 2000

export const runFactorability: StudyRun<PcaParams, PcaSummary, FactorabilityParams, FactorabilitySummary> = (
  input,
  _params,
  context
) => {
  const { nSamples, nFeatures, columns } = input.summary
  if (nFeatures < 2) return none('One column has nothing to share with others.')
  if (nSamples <= nFeatures) {
    return none('There are as many columns as rows, or more: every column follows from the others.')
  }
  if (nFeatures > MOST_COLUMNS) return none(`It is computed for at most ${MOST_COLUMNS} columns.`)
  const watch = {
    checkpoint: context.checkpoint,
    progress: (fraction: number) => context.progress('Partial correlations', fraction)
  }
  context.progress('Preparing the table', 0)
  const { z, weights } = preparedMatrix(input, { ...unwatched, checkpoint: context.checkpoint })
  const all = preparedCorrelations(z, weights, watch)
  const varying = columns.flatMap((_, j) => (Number.isNaN(all[j * nFeatures + j]!) ? [] : [j]))
  if (varying.length < 2) return none('Fewer than two columns vary.')
  const q = varying.length
  const r = Float64Array.from(
    { length: q * q },
    (_, at) => all[varying[Math.floor(at / q)]! * nFeatures + varying[at % q]!]!
  )
  const found = factorability(r, q, nSamples, watch)
  if (!found) return none('A column follows from the others exactly: the correlations have no inverse.')
  const { kmo, bartlett, antiImage } = found
  if (Number.isNaN(kmo.overall)) return none('No two columns are correlated at all.')
  const perColumn: (number | null)[] = columns.map(() => null)
  varying.forEach((column, place) => {
    const value = kmo.columns[place]!
    perColumn[column] = Number.isNaN(value) ? null : value
  })
  return {
    summary: {
      kmo: { overall: kmo.overall, columns: perColumn },
      bartlett,
      reason: null,
      columns: varying.map((column) => columns[column]!)
    },
    arrays: { antiImage: { dtype: 'float64', shape: [q, q], data: antiImage } },
    lists: { columns: varying.map((column) => columns[column]!) }
  }
}

function none(reason: string): AnalysisResult<FactorabilitySummary> {
  return { summary: { kmo: null, bartlett: null, reason, columns: [] }, arrays: {}, lists: {} }
}
