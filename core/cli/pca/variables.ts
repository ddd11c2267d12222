import { columnContributions, columnCorrelations, columnCos2 } from '../../analyses/pca/figures/column-measures.ts'
import { rotationSummarySchema } from '../../analyses/pca/studies/rotation/spec.ts'
import { ROTATION_METHODS } from '../../stats/rotation/methods.ts'
import { choiceOption, given, numberOption } from '../arguments.ts'
import type { Printable } from '../json-stream.ts'
import type { PcaOutcome, PcaPiece } from './piece.ts'

const YES_NO = ['yes', 'no'] as const

/** The columns of a fit: how they go with the components, what they contribute, and the components rotated. */
export const variablesPiece: PcaPiece = {
  options: {
    rotate: { type: 'string' },
    kaiser: { type: 'string' },
    power: { type: 'string' },
    gamma: { type: 'string' },
    starts: { type: 'string' }
  },
  entries: async (outcome) => {
    const { array, summary } = outcome
    const K = summary.nComponents
    const [loadings, deviations, components] = await Promise.all([
      array('loadings'),
      array('deviations'),
      array('components')
    ])
    const perColumn = (data: Float64Array): Printable => ({
      array: { dtype: 'float64', shape: [summary.nFeatures, K], data }
    })
    const correlations = columnCorrelations(loadings.data, K, deviations.data)
    const ofColumns = (data: Float64Array): Printable => ({ object: [['columns', perColumn(data)]] })
    const entries: [string, Printable][] = [
      ['correlations', perColumn(correlations)],
      ['cos2', ofColumns(columnCos2(correlations))],
      ['contributions', ofColumns(columnContributions(byColumn(components.data, K), K))]
    ]
    const rotation = await rotate(outcome)
    return rotation === null ? entries : [...entries, ['rotation', rotation]]
  }
}

/** components are K×p; contributions go by column. */
function byColumn(components: ArrayLike<number>, nComponents: number): Float64Array {
  const nFeatures = components.length / nComponents
  return Float64Array.from(
    { length: components.length },
    (_, at) => components[(at % nComponents) * nFeatures + Math.floor(at / nComponents)]!
  )
}

async function rotate({ values, study, array }: PcaOutcome): Promise<Printable | null> {
  const text = (name: string): string | undefined => {
    const value = values[name]
    return typeof value === 'string' ? value : undefined
  }
  const method = choiceOption('rotate', text('rotate'), ROTATION_METHODS)
  const kaiser = choiceOption('kaiser', text('kaiser'), YES_NO)
  const asked = given({
    method,
    kaiser: kaiser === undefined ? undefined : kaiser === 'yes',
    power: numberOption('power', text('power')),
    gamma: numberOption('gamma', text('gamma')),
    starts: numberOption('starts', text('starts')),
    seed: numberOption('seed', text('seed'))
  })
  if (method === undefined) return null
  const record = await study('rotation', asked)
  const found = rotationSummarySchema.parse(record.summary)
  const [pattern, structure, scores] = await Promise.all(
    ['pattern', 'structure', 'scores'].map((name) => array(`rotation.${name}`))
  )
  return {
    object: [
      ['method', { json: found.method }],
      ['kaiser', { json: found.kaiser }],
      ['nComponents', { json: found.nComponents }],
      // Where factors are uncorrelated pattern and structure are the same, and are called loadings.
      [found.oblique ? 'pattern' : 'loadings', { array: pattern! }],
      ...(found.oblique ? ([['structure', { array: structure! }]] as [string, Printable][]) : []),
      ['correlations', { json: found.correlations }],
      ['matrix', { json: found.matrix }],
      ['explainedVariance', { json: found.explainedVariance }],
      ['explainedVarianceRatio', { json: found.explainedVarianceRatio }],
      ['scores', { array: scores! }],
      ['starts', { json: found.starts }],
      ['reached', { json: found.reached }],
      ['notes', { json: found.notes }]
    ]
  }
}
