import { keeping } from '../../../linalg/kept.ts'
import type { GroupedRatings } from '../cells.ts'
import { blocksOf, noteBlocks } from '../blocks.ts'
import type { Fit, FitRequest, Fitted, TrainingSet } from '../fitting.ts'
import { createModel, drawFactors } from '../model.ts'
import { ialsRidge, type IalsPenalty } from '../penalty.ts'
import { rotateFactors } from '../rotate.ts'
import { factorScorer } from '../scorers/factor-scorer.ts'
import { precisionOf, runSweeps } from '../sweeps.ts'
import { keepSide, lossOfImplicit, sweepImplicit, type ImplicitProblem, type ImplicitSide } from './implicit.ts'

/** σ*: user factors start as normal numbers of standard deviation σ*∕√nFactors, so that scores start equally large for any
 * number of factors. Source: Rendle et al. 2021, §3.2. */
export const START_SCALE = 0.1

function likesSide(grouped: GroupedRatings, nOther: number, penalty: IalsPenalty): ImplicitSide {
  const { offsets, nRows, columns } = grouped
  const ridge = new Float64Array(nRows)
  for (let row = 0; row < nRows; row++) ridge[row] = ialsRidge(penalty, offsets[row + 1]! - offsets[row]!, nOther)
  return { grouped, weights: null, targets: new Float64Array(columns.length).fill(1), ridge }
}

/** L = Σ_liked (ŷ − 1)² + α₀ Σ_all ŷ² + λ (Σ_u (|I_u| + α₀|I|)^ν ‖p_u‖² + Σ_i (|U_i| + α₀|U|)^ν ‖q_i‖²).
 * A cell that is there is one like, whatever number stands in it.
 * Source: Rendle, Krichene, Zhang & Koren, "Revisiting the Performance of iALS on Item Recommendation Benchmarks",
 * RecSys 2022 (arXiv 2110.14037), eq. 1–4. */
export function ialsProblem({ byUser, byItem }: TrainingSet, penalty: IalsPenalty): ImplicitProblem {
  return {
    users: likesSide(byUser, byItem.nRows, penalty),
    items: likesSide(byItem, byUser.nRows, penalty),
    blank: penalty.unobservedWeight,
    constant: byUser.columns.length
  }
}

/** Fits factors of likes from a seeded start by alternating solutions: exact, or of blocks of many factors. */
export function fitImplicit(request: FitRequest, problem: ImplicitProblem): Fitted {
  const { params, set, random, pace, checkpoint } = request
  const watch = { checkpoint, progress: () => undefined }
  const model = createModel(set.byUser.nRows, set.byItem.nRows, params.nFactors, 0)
  drawFactors(model.userFactors, START_SCALE / Math.sqrt(params.nFactors), random)
  const scorer = factorScorer(model)
  const history = keeping((keep) => {
    const near = { ...problem, users: keepSide(problem.users, keep), items: keepSide(problem.items, keep) }
    return runSweeps(request, scorer, {
      sweep: (iteration) => {
        const blocks = blocksOf(iteration, params.iterations, params.nFactors)
        sweepImplicit(model, near, pace, watch, precisionOf(iteration, params.iterations, set), blocks)
      },
      loss: () => lossOfImplicit(model, near, pace)
    })
  })
  const factorShare = rotateFactors(model, pace, checkpoint)
  return { model, scorer, history, factorShare, arrays: {}, notes: noteBlocks(params.nFactors) }
}

export const fitIals: Fit = (request) => fitImplicit(request, ialsProblem(request.set, request.params))
