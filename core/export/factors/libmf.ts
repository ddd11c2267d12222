import { EigendeskError } from '../../contract/errors.ts'
import { purposeOf } from '../../analyses/factorization/methods.ts'
import type { KnownModel } from '../../analyses/factorization/recommending/known-model.ts'

/** LIBMF's loss of squared errors. */
const REAL_VALUED = 0

/** A model in the text form of LIBMF (mf_save_model), users and items numbered from 0 in the order of the name lists. LIBMF predicts
 * p · q alone and b, the mean, for who is not in it: of a model with biases the last two factors of a user are
 * (μ + b_u, 1) and those of an item (1, b_i), so that p · q is the whole score.
 * @throws NO_FACTORS where the method has none, and no biases
 * Source: LIBMF 2.03, mf.cpp; Chin et al., "LIBMF: a library for parallel matrix factorization", JMLR 17 (2016). */
export function* writeLibmf({ params, model, users, items }: KnownModel): Generator<string> {
  const { nFactors, globalMean, userFactors, itemFactors, userBias, itemBias } = model
  const hasBiases = purposeOf(params.method) === 'ratings'
  if (nFactors === 0 && !hasBiases) throw new EigendeskError('NO_FACTORS', { value: params.method })
  yield `f ${REAL_VALUED}\nm ${users.length}\nn ${items.length}\nk ${nFactors + (hasBiases ? 2 : 0)}\nb ${globalMean}\n`
  const line = (letter: string, at: number, factors: Float64Array, more: number[]): string =>
    `${letter}${at} T ${[...factors.subarray(at * nFactors, (at + 1) * nFactors), ...more].join(' ')} \n`
  for (let user = 0; user < users.length; user++) {
    yield line('p', user, userFactors, hasBiases ? [globalMean + userBias[user]!, 1] : [])
  }
  for (let item = 0; item < items.length; item++) {
    yield line('q', item, itemFactors, hasBiases ? [1, itemBias[item]!] : [])
  }
}
