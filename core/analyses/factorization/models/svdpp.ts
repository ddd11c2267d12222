import { EigendeskError } from '../../../contract/errors.ts'
import type { ResultArray } from '../../../contract/analysis.ts'
import type { Fit } from '../fitting.ts'
import { stepOfPass } from '../gradient-rule.ts'
import { totalLoss } from '../loss-parts.ts'
import { createModel } from '../model.ts'
import { rotateFactors } from '../rotate.ts'
import { factorScorer } from '../scorers/factor-scorer.ts'
import { runSweeps } from '../sweeps.ts'
import { joinImplicit, lossOfGradient, passGradient, startGradient } from './gradient.ts'

/** A loss this many times that of the start is not on its way back. */
const DIVERGED = 10

/** By stochastic gradient descent from a seeded start, users in a new random order each pass.
 * @throws DIVERGED naming the step size */
const fitByGradient =
  (implicit: boolean): Fit =>
  (request) => {
    const { params, set, random, pace, checkpoint } = request
    const model = createModel(set.byUser.nRows, set.byItem.nRows, params.nFactors, set.mean)
    const state = startGradient(model, set, params.regularization, implicit, random, pace)
    const order = Int32Array.from({ length: model.nUsers }, (_, user) => user)
    joinImplicit(state, set.byUser, pace)
    const scorer = factorScorer(model)
    const start = totalLoss(lossOfGradient(state, set, pace))
    const history = runSweeps(request, scorer, {
      sweep: (iteration) => {
        random.shuffle(order)
        const step = stepOfPass(params, iteration)
        passGradient(state, set.byUser, order, step, pace)
        joinImplicit(state, set.byUser, pace)
      },
      loss: () => {
        const loss = lossOfGradient(state, set, pace)
        if (!(totalLoss(loss) <= DIVERGED * start + Number.MIN_VALUE))
          throw new EigendeskError('DIVERGED', { value: params.learningRate })
        return loss
      }
    })
    const turned = [state.own, state.implicit].filter((factors) => factors !== null && factors !== model.userFactors)
    const factorShare = rotateFactors(model, pace, checkpoint, turned as Float64Array[])
    const arrays: Record<string, ResultArray> = {}
    if (state.implicit)
      arrays['implicitFactors'] = {
        dtype: 'float64',
        shape: [model.nItems, model.nFactors],
        data: state.implicit
      }
    return { model, scorer, history, factorShare, arrays, notes: [] }
  }

/** Koren's SVD: r̂ = μ + b_u + b_i + p_u · q_i. */
export const fitSgd: Fit = fitByGradient(false)

/** SVD++: r̂ = μ + b_u + b_i + (p_u + |N(u)|^−½ Σ_{j∈N(u)} y_j) · q_i, N(u) what the user rated. Stored userFactors are the
 * whole bracket; implicitFactors are the y_j. Source: Koren, KDD 2008, eq. 15. */
export const fitSvdpp: Fit = fitByGradient(true)
