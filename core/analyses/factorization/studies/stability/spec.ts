import { z } from 'zod'
import type { StudySpec } from '../../../../contract/study.ts'
import { factorizationSpec, type FactorizationParams, type FactorizationSummary } from '../../spec.ts'
import { methods, methodSchema } from '../../methods.ts'

export const stabilityParamsSchema = z.object({
  /** fits besides the stored one */
  seeds: z.number().int().min(1).max(50),
  /** further seeds are the ones after this */
  seed: z.number().int().min(0).max(4294967295)
})
export type StabilityParams = z.infer<typeof stabilityParamsSchema>

/** How alike a factor of the result and its partner in each further fit are: 0 not at all, 1 the same but for sign and length. */
const likenessSchema = z.object({ mean: z.number(), least: z.number() })
export type Likeness = z.infer<typeof likenessSchema>

export const stabilitySummarySchema = z.object({
  method: methodSchema,
  /** in the order of the fits; none where the method begins with no random number */
  seeds: z.array(z.number().int()),
  /** of two factors' item coordinates: Tucker's congruence, or Pearson's correlation where none is negative */
  measure: z.enum(['congruence', 'correlation']),
  /** by factor of the result. axis: each against the one factor of a further fit that is its partner; turned: after a further fit was
   * turned as a whole to lie as near as can be, null where factors may not be turned. null: all coordinates are 0 */
  factors: z.array(z.object({ axis: likenessSchema.nullable(), turned: likenessSchema.nullable() })),
  /** mean squared cosine of the principal angles between the spaces that the item factors span; chance: of spaces by lot */
  space: likenessSchema.extend({ chance: z.number() }).nullable(),
  /** which ratings rmse is of; lists are judged on test ratings alone */
  judgedOn: z.enum(['test', 'training']),
  /** the stored fit first */
  fits: z.array(
    z.object({
      seed: z.number().int(),
      own: z.boolean(),
      /** null for preferences */
      rmse: z.number().nullable(),
      /** null without test ratings */
      ndcg: z.number().nullable(),
      /** 0 for the stored one */
      seconds: z.number()
    })
  ),
  /** lists of n against those of the stored fit: shared items over all items of both (Jaccard), and how many of n stay */
  lists: z
    .object({ n: z.number().int(), nUsers: z.number().int(), jaccard: likenessSchema, kept: z.number() })
    .nullable(),
  notes: z.array(z.string())
})
export type StabilitySummary = z.infer<typeof stabilitySummarySchema>

/** From here on two factors may be called the same, and alike.
 * Source: Lorenzo-Seva & ten Berge, "Tucker's congruence coefficient as a meaningful index of factor similarity", Methodology 2 (2006). */
export const SAME = 0.95
export const ALIKE = 0.85

export const isAlike = (likeness: Likeness | null): boolean => likeness !== null && likeness.mean >= ALIKE

/** Factors that further fits have too, each as one factor of theirs. */
export const countReturning = ({ factors }: Pick<StabilitySummary, 'factors'>): number =>
  factors.filter(({ axis }) => isAlike(axis)).length

export const stabilitySpec: StudySpec<StabilityParams, StabilitySummary, FactorizationParams, FactorizationSummary> = {
  kind: 'stability',
  of: 'factorization',
  title: 'Stability over seeds',
  params: stabilityParamsSchema,
  summary: stabilitySummarySchema,
  defaults: ({ params }, asked = {}) => ({ seeds: 5, seed: params.seed, ...asked }),
  finding: (summary) =>
    summary.seeds.length === 0
      ? `${methods[summary.method].title} is the same under every seed`
      : `${countReturning(summary)} of ${summary.factors.length} factors come back under other seeds`,
  columnsNeeded: (_params, params, dataset) => factorizationSpec.columnsNeeded(params, dataset),
  datasetsNeeded: (_params, params) => factorizationSpec.datasetsNeeded?.(params) ?? [],
  arraysNeeded: ['userFactors', 'itemFactors', 'userBias', 'itemBias']
}
