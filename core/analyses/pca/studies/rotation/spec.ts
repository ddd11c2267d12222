import { z } from 'zod'
import type { StudySpec } from '../../../../contract/study.ts'
import { counted } from '../../../../stats/counted.ts'
import { ROTATION_METHODS, type RotationMethod } from '../../../../stats/rotation/methods.ts'
import type { PcaParams, PcaSummary } from '../../spec.ts'

export const rotationParamsSchema = z.object({
  method: z.enum(ROTATION_METHODS),
  /** how many of the first components are rotated */
  nComponents: z.number().int().min(2, 'rotate at least two components'),
  /** whether columns count alike while the axes are sought, whatever the components hold of them */
  kaiser: z.boolean(),
  /** of promax */
  power: z.number().min(1).max(12),
  /** of oblimin: 0 is direct quartimin */
  gamma: z.number().min(-10).max(0.8),
  /** how often the axes are sought: from those of the components, and from others turned at random */
  starts: z.number().int().min(1).max(200).default(1),
  /** of the random starts */
  seed: z.number().int().min(0).max(4294967295).default(0)
})
export type RotationParams = z.infer<typeof rotationParamsSchema>

/** Rotated components. Arrays, row-major: pattern and structure (p×K), scores (n×K, of variance one). */
export const rotationSummarySchema = z.object({
  method: z.enum(ROTATION_METHODS),
  nComponents: z.number().int(),
  kaiser: z.boolean(),
  /** variances of the rotated factors, descending; they sum to those of the components */
  explainedVariance: z.array(z.number()),
  /** of the total variance */
  explainedVarianceRatio: z.array(z.number()),
  /** K×K: loadings · matrix is the pattern */
  matrix: z.array(z.array(z.number())),
  /** K×K, of the factors; the identity where the rotation is orthogonal */
  correlations: z.array(z.array(z.number())),
  oblique: z.boolean(),
  rounds: z.number().int(),
  /** how often the axes were sought, and how often the same best criterion was reached */
  starts: z.number().int().default(1),
  reached: z.number().int().default(1),
  notes: z.array(z.string())
})
export type RotationSummary = z.infer<typeof rotationSummarySchema>

/** As the programs that made each method known have it: SPSS and R rotate with Kaiser's normalization, GPArotation's oblimin
 * without. */
export const usualKaiser = (method: RotationMethod): boolean => method !== 'oblimin'

/** Starts unless told otherwise, and the work of one, p·K², beyond which there is only the one. */
const USUAL_STARTS = 10
const MOST_WORK = 200_000

/** How often the axes are sought unless a person says otherwise: of very many loadings once, for that alone takes long. */
export const usualStarts = (nFeatures: number, nComponents: number): number =>
  nFeatures * nComponents ** 2 <= MOST_WORK ? USUAL_STARTS : 1

export const rotationSpec: StudySpec<RotationParams, RotationSummary, PcaParams, PcaSummary> = {
  kind: 'rotation',
  of: 'pca',
  title: 'Rotation',
  params: rotationParamsSchema,
  summary: rotationSummarySchema,
  defaults: ({ summary }, asked = {}) => {
    const method = (asked['method'] ?? 'varimax') as RotationMethod
    const nComponents = (asked['nComponents'] ?? summary.nComponents) as number
    return {
      method,
      nComponents,
      kaiser: usualKaiser(method),
      power: 4,
      gamma: 0,
      starts: usualStarts(summary.nFeatures, nComponents),
      seed: 0,
      ...asked
    }
  },
  finding: ({ method, nComponents, explainedVarianceRatio }) => {
    const share = explainedVarianceRatio.reduce((sum, part) => sum + part, 0)
    return `Rotated by ${method}: ${counted(nComponents, 'factor')}, ${(100 * share).toFixed(1)} % of the variance`
  },
  columnsNeeded: () => [],
  arraysNeeded: ['loadings', 'scores']
}
