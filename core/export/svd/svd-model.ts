import { svdParamsSchema, type SvdParams } from '../../analyses/svd/params.ts'
import type { SvdAxes } from '../../analyses/svd/place.ts'
import type { SvdSummary } from '../../analyses/svd/spec.ts'
import { stopWordsLeftOut } from '../../analyses/svd/text/stop-words.ts'
import { inverseFrequencies } from '../../analyses/svd/text/tfidf.ts'
import type { ResultArray, StoredResult } from '../../contract/analysis.ts'
import { EigendeskError } from '../../contract/errors.ts'
import { SVD_MODEL_SCHEMA_ID, type SvdModelHead } from '../../contract/svd-model.ts'
import type { ModelFile } from '../model-file/model-file.ts'

/** Where a result comes from. */
export type SvdOrigin = Pick<SvdModelHead, 'software' | 'name' | 'parameters' | 'provenance'>

/** A model of which the head is known to be one. */
export interface SvdModelFile extends ModelFile {
  head: SvdModelHead
}

const vector = (values: Float64Array | readonly number[]): ResultArray => ({
  dtype: 'float64',
  shape: [values.length],
  data: Float64Array.from(values)
})

const howToPlace: Record<SvdParams['source'], string> = {
  columns: 'row of numbers in the order of columns, times rightVectors: for a fitted row leftVectors · singularValues',
  triplets: 'row with 0 where no entry is, times rightVectors: for a fitted row leftVectors · singularValues',
  text: 'count · idf of each term, the row divided by its length, times rightVectors: for a fitted document leftVectors · singularValues'
}

/** A stored truncated SVD as a model of its own. */
export function svdModelOf(
  { summary, array, list }: StoredResult<SvdSummary>,
  params: SvdParams,
  origin: SvdOrigin
): SvdModelFile {
  const { source, nRows, nColumns, nFactors, frobeniusNorm, signRule } = summary
  const { language, ngrams, sublinear } = params
  const weight = sublinear ? '(1 + ln(count))' : 'count'
  const text = {
    language,
    stopWords: [...stopWordsLeftOut(params)],
    ngrams,
    sublinear,
    weighting: `${weight} · idf, idf = ln((1 + ${nRows})/(1 + documentCounts)) + 1; rows divided by their length`
  }
  const ofText = (): Record<string, ResultArray> => {
    const counts = array('documentCounts')
    return { documentCounts: counts, idf: vector(inverseFrequencies(counts.data, nRows)) }
  }
  return {
    head: {
      $schema: SVD_MODEL_SCHEMA_ID,
      kind: 'svd',
      version: 1,
      ...origin,
      source,
      centring: 'none',
      howToPlace: howToPlace[source],
      nRows,
      nColumns,
      nFactors,
      frobeniusNorm,
      text: source === 'text' ? text : null,
      signRule
    },
    names: { rows: list('rows'), columns: list('columns') },
    arrays: {
      singularValues: vector(summary.singularValues),
      leftVectors: array('leftVectors'),
      rightVectors: array('rightVectors'),
      normShare: vector(summary.normShare),
      explainedVariance: vector(summary.explainedVariance),
      explainedVarianceRatio: vector(summary.explainedVarianceRatio),
      ...(source === 'text' && ofText())
    }
  }
}

/** What rows are placed with, of a model from its file.
 * @throws MODEL_INVALID saying what does not fit together */
export function svdAxesOf({ head, names, arrays }: SvdModelFile, file: string): SvdAxes {
  const refuse = (reason: string): never => {
    throw new EigendeskError('MODEL_INVALID', { file, reason })
  }
  const params = svdParamsSchema.safeParse(head.parameters)
  if (!params.success) return refuse(`parameters: ${params.error.issues[0]!.path.join('.')}`)
  const columns = names['columns']!
  const axes = arrays['rightVectors']
  if (axes?.shape[0] !== columns.length || axes.shape[1] !== head.nFactors) {
    return refuse(`rightVectors is not ${columns.length} × ${head.nFactors}`)
  }
  const idf = arrays['idf']
  if (head.text && idf?.shape[0] !== columns.length) return refuse(`idf has not ${columns.length} numbers`)
  return {
    name: head.name,
    params: { ...params.data, source: head.source },
    columns,
    axes: { rows: columns.length, columns: head.nFactors, data: Float64Array.from(axes.data) },
    text: head.text && { stopWords: new Set(head.text.stopWords), idf: Float64Array.from(idf!.data) }
  }
}
