import type { RatingsSize } from '../../layout.ts'
import { methodDefaults } from '../../method-defaults.ts'
import { canAdapt, methods, purposeOf, type Method } from '../../methods.ts'
import type { FactorizationParams } from '../../spec.ts'

/** A model that is compared. */
export interface Candidate {
  key: string
  own: boolean
  baseline: boolean
  params: FactorizationParams
}

/** Always in the table. */
export const baselinesOf = (params: FactorizationParams): Method[] =>
  purposeOf(params.method) === 'ratings' ? ['mean', 'bias', 'popularity'] : ['popularity']

/** Parameters a method reads, by name. */
export const readParams = (params: FactorizationParams): Record<string, number> =>
  Object.fromEntries(methods[params.method].keys.map((key) => [key, params[key]]))

/** What is compared: the baselines, this result's own parameters, and the methods asked for with their defaults. A method whose
 * defaults are what the result has is one row, the result's own. */
export function candidatesOf(
  own: FactorizationParams,
  asked: readonly Method[],
  size: RatingsSize,
  seed: number
): Candidate[] {
  const baselines = baselinesOf(own)
  const withDefaults = (method: Method): Candidate => ({
    key: method,
    own: false,
    baseline: baselines.includes(method),
    params: { ...own, ...methodDefaults(method, size), method, seed, adaptRegularization: true }
  })
  const equalsOwn = ({ params }: Candidate): boolean =>
    params.method === own.method &&
    JSON.stringify(readParams(params)) === JSON.stringify(readParams(own)) &&
    (own.adaptRegularization || !canAdapt(own.method))
  const mine: Candidate = { key: 'own', own: true, baseline: false, params: { ...own, seed } }
  const others = [...new Set([...baselines, ...asked])].map(withDefaults)
  if (baselines.includes(own.method)) {
    return others.map((candidate) => (equalsOwn(candidate) ? { ...candidate, own: true } : candidate))
  }
  return [...others.filter((c) => c.baseline), mine, ...others.filter((c) => !c.baseline && !equalsOwn(c))]
}
