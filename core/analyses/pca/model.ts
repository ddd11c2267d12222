import type { JsonValue, StoredResult } from '../../contract/analysis.ts'
import { MODEL_SCHEMA_ID, modelJsonSchema, type PcaModel, type Projection } from '../../contract/model.ts'
import type { PcaSummary } from './spec.ts'

/** Where a model comes from, as it is written into its file. */
export interface ModelOrigin {
  software: string
  /** of the result */
  name: string
  parameters: Record<string, JsonValue>
  /** mean of each column over the fitted rows; null where rows with a missing cell were left out */
  fill: number[] | null
  provenance: PcaModel['provenance']
}

const HOW =
  'scores = ((row - centre) / scale) · componentsᵀ, column by column of "columns"; T² = Σ score² / explainedVariance ' +
  '(where the divisor is n, times (n - 1) / n); ' +
  'Q = |(row - centre) / scale - scores · components|².'

/** A stored result as a model: everything another program needs to place new rows, and where it comes from. */
export function modelOf(result: StoredResult<PcaSummary>, origin: ModelOrigin): PcaModel {
  const { summary } = result
  return {
    $schema: MODEL_SCHEMA_ID,
    kind: 'pca',
    version: 1,
    software: origin.software,
    ...projectionOf(result, origin),
    howToApply: HOW,
    explainedVarianceRatio: summary.explainedVarianceRatio,
    singularValues: summary.singularValues,
    totalVariance: summary.totalVariance,
    spectrum: Array.from(result.array('spectrum').data),
    nSamples: summary.nSamples,
    divisor: summary.divisor,
    signRule: summary.signRule,
    parameters: origin.parameters,
    provenance: origin.provenance,
    schema: modelJsonSchema()
  }
}

/** The part of it that is needed to place rows. */
export function projectionOf(
  { summary, array }: StoredResult<PcaSummary>,
  { name, fill }: Pick<ModelOrigin, 'name' | 'fill'>
): Projection {
  const { data } = array('components')
  const { nFeatures } = summary
  return {
    name,
    columns: summary.columns,
    centre: summary.mean,
    scale: summary.scale,
    fill,
    components: Array.from({ length: summary.nComponents }, (_, k) =>
      Array.from(data.subarray(k * nFeatures, (k + 1) * nFeatures))
    ),
    explainedVariance: summary.explainedVariance
  }
}
