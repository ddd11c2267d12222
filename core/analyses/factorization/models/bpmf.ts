import type { Fit } from '../fitting.ts'
import { createModel } from '../model.ts'
import { rotateFactors } from '../rotate.ts'
import { factorScorer } from '../scorers/factor-scorer.ts'
import { runSweeps } from '../sweeps.ts'
import { addToAverage, alignDraw, fillModel, takeDraw, type Draw } from './bayes/average.ts'
import { startBayes, sweepBayes } from './bayes/gibbs.ts'
import { limitTails, notesOnTails } from './bayes/limit-tails.ts'
import { StoredDraws } from './bayes/stored-draws.ts'

/** By a Gibbs sampler, burnIn sweeps and then `samples` more, each of which is a draw. The model is the average of the draws,
 * turned alike before: its terms add up to what it predicts, as those of every other model do. Averaging predictions instead of
 * factors has an RMSE that is 0.001 lower on inner splits of u1.base. Until burnIn is over, the model is the last draw.
 * `loss` in the history is Σ (r − r̂)² of the draw alone. */
const fitBayes =
  (sets: boolean): Fit =>
  (request) => {
    const { params, random, pace, checkpoint } = request
    const { set, limited } = limitTails(request.set, pace)
    const { nFactors, samples, burnIn } = params
    const model = createModel(set.byUser.nRows, set.byItem.nRows, nFactors, set.mean)
    const state = startBayes(set, nFactors, sets, random, pace)
    const stored = new StoredDraws(model, samples)
    const watch = { checkpoint, progress: () => undefined }
    let average: Draw | null = null
    let squares = 0
    const scorer = factorScorer(model)
    const history = runSweeps({ ...request, params: { iterations: burnIn + samples } }, scorer, {
      sweep: (iteration) => {
        squares = sweepBayes(state, random, pace, watch) * state.unit ** 2
        let draw = takeDraw(state)
        const sample = iteration - burnIn
        if (sample > 0) {
          if (average) draw = alignDraw(draw, average, nFactors)
          average ??= { factors: draw.factors.slice(), bias: draw.bias.slice() }
          addToAverage(average, draw, sample)
          stored.offer(sample, draw, state.unit ** 2 / state.alpha)
        }
        fillModel(model, average ?? draw)
      },
      loss: () => ({ squares })
    })
    const turned = [stored.draws.userFactors, stored.draws.itemFactors]
    const factorShare = rotateFactors(model, pace, checkpoint, turned)
    return {
      model,
      scorer,
      history,
      factorShare,
      arrays: stored.arrays(),
      notes: [...stored.note, ...notesOnTails(limited)]
    }
  }

/** Bayesian probabilistic matrix factorization: r ~ N(μ + b_u + b_i + p_u · q_i, 1/α), (p_u, b_u) and (q_i, b_i) normal with
 * means and precisions that are drawn too. Source: Salakhutdinov & Mnih, ICML 2008. */
export const fitBpmf: Fit = fitBayes(false)

/** The same, where the mean of (p_u, b_u) depends on which items the user rated, and that of (q_i, b_i) on who rated it.
 * Source: the sets as in SVD++ (Koren, KDD 2008) on both sides (Rendle, Zhang & Koren, "On the difficulty of evaluating baselines",
 * arXiv:1905.01395, §3), drawn as the side information of Macau (arXiv:1509.04610). */
export const fitBayesianSvdpp: Fit = fitBayes(true)
