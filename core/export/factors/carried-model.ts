import type { ResultArray } from '../../contract/analysis.ts'
import { EigendeskError } from '../../contract/errors.ts'
import type { FactorModelHead } from '../../contract/factor-model.ts'
import { knowModel, type KnownModel } from '../../analyses/factorization/recommending/known-model.ts'
import type { Method } from '../../analyses/factorization/methods.ts'
import { factorizationParamsSchema } from '../../analyses/factorization/spec.ts'

/** A model on its way to a file, or from one: what it is, its names, its numbers. */
export interface CarriedModel {
  head: FactorModelHead
  users: readonly string[]
  items: readonly string[]
  /** those of the result, and the training ratings by user */
  arrays: Record<string, ResultArray>
}

const ratingsRule = 'globalMean + userBias[u] + itemBias[i] + userFactors[u] · itemFactors[i]'
const likesRule = 'userFactors[u] · itemFactors[i]'

/** The arithmetic of a score in one line. */
export const howToScore: Record<Method, string> = {
  mean: 'globalMean',
  bias: 'globalMean + userBias[u] + itemBias[i]',
  als: ratingsRule,
  sgd: ratingsRule,
  svdpp: ratingsRule,
  nmf: ratingsRule,
  bpmf: ratingsRule,
  bsvdpp: ratingsRule,
  popularity: 'itemCounts[i] / number of users',
  wals: likesRule,
  ials: likesRule,
  hkv: likesRule,
  ease: 'sum of itemWeights[j, i] over the training items j of u',
  itemknn: 'sum of neighbourWeights of those neighbours of i that are training items of u'
}

/** What a method cannot do without besides what every model has: the rows of each array, of so many items. */
const neededBy: Partial<Record<Method, (nItems: number) => [string, number][]>> = {
  svdpp: (nItems) => [['implicitFactors', nItems]],
  ease: (nItems) => [['itemWeights', nItems]],
  itemknn: (nItems) => [['neighbourOffsets', nItems + 1]]
}

const vector = (data: Int32Array | Float64Array): ResultArray =>
  data instanceof Int32Array
    ? { dtype: 'int32', shape: [data.length], data }
    : { dtype: 'float64', shape: [data.length], data }

/** @param arrays of the result */
export function carryModel(
  known: KnownModel,
  head: FactorModelHead,
  arrays: Record<string, ResultArray>
): CarriedModel {
  const { offsets, columns, values } = known.training
  const training = {
    trainingOffsets: vector(offsets),
    trainingItems: vector(columns),
    trainingValues: vector(values)
  }
  return { head, users: known.users, items: known.items, arrays: { ...arrays, ...training } }
}

/** The model of a file, known as that of a result is.
 * @throws MODEL_INVALID saying what is missing, or does not fit together */
export function knowCarried({ head, users, items, arrays }: CarriedModel, file: string): KnownModel {
  const refuse = (reason: string): never => {
    throw new EigendeskError('MODEL_INVALID', { file, reason })
  }
  const params = factorizationParamsSchema.safeParse(head.parameters)
  if (!params.success) return refuse(`parameters: ${params.error.issues[0]!.path.join('.')}`)
  const lengths: [string, number][] = [
    ['userBias', users.length],
    ['itemBias', items.length],
    ['userFactors', users.length],
    ['itemFactors', items.length],
    ['itemCounts', items.length],
    ['trainingOffsets', users.length + 1],
    ...(neededBy[params.data.method]?.(items.length) ?? [])
  ]
  for (const [name, length] of lengths) {
    if (arrays[name]?.shape[0] !== length) refuse(`${name} has not ${length} rows`)
  }
  const integers = (name: string): Int32Array => Int32Array.from(arrays[name]?.data ?? refuse(`${name} is missing`))
  const columns = integers('trainingItems')
  const values = Float64Array.from(arrays['trainingValues']?.data ?? refuse('trainingValues is missing'))
  const offsets = integers('trainingOffsets')
  const isInOrder = offsets.every((offset, user) => (user === 0 ? offset === 0 : offset >= offsets[user - 1]!))
  const fits = isInOrder && offsets.at(-1) === columns.length && values.length === columns.length
  if (!fits || columns.some((item) => item < 0 || item >= items.length)) {
    refuse('the training ratings do not fit together')
  }
  return knowModel({
    params: params.data,
    globalMean: head.globalMean,
    users,
    items,
    training: { nRows: users.length, offsets, columns, values },
    held: null,
    deviation: head.deviation,
    arrays
  })
}
