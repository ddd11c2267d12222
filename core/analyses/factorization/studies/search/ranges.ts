import { methods, purposeOf, type Method, type MethodKey } from '../../methods.ts'

/** Where a parameter is looked for. */
export interface SearchRange {
  key: MethodKey
  from: number
  to: number
  /** equal steps multiply, or add */
  scale: 'log' | 'linear'
  whole: boolean
}

/** λ has another unit in each objective. */
const REGULARIZATION: Partial<Record<Method, [number, number]>> = {
  wals: [0.1, 100],
  ials: [0.0001, 1],
  hkv: [0.1, 100],
  ease: [10, 5000]
}

function rangeOfKey(method: Method, key: MethodKey): SearchRange | null {
  const log = (from: number, to: number, whole = false): SearchRange => ({ key, from, to, scale: 'log', whole })
  switch (key) {
    case 'nFactors':
      return log(4, purposeOf(method) === 'ratings' ? 64 : 128, true)
    case 'regularization':
      return log(...(REGULARIZATION[method] ?? ([0.1, 10] as const)))
    case 'unobservedWeight':
      return log(0.01, 1)
    case 'alpha':
      return log(0.1, 100)
    case 'learningRate':
      return log(0.002, 0.05)
    case 'neighbours':
      return log(10, 500, true)
    case 'shrinkage':
      return log(1, 1000)
    case 'countExponent':
      return { key, from: 0, to: 1, scale: 'linear', whole: false }
    // How long is worked, not how: more is not worse.
    case 'iterations':
    case 'samples':
    case 'burnIn':
      return null
  }
}

/** What is searched of a method: its own parameters, but for how long it works. */
export const rangesOf = (method: Method): SearchRange[] =>
  methods[method].keys.flatMap((key) => rangeOfKey(method, key) ?? [])

/** What a method does more of when it is given more time: what successive halving gives out. */
export function resourceOf(method: Method): 'iterations' | 'samples' | null {
  const { keys } = methods[method]
  return keys.includes('samples') ? 'samples' : keys.includes('iterations') ? 'iterations' : null
}

/** A place in a range, three digits of it.
 * @param share 0 … 1 */
export function valueAt({ from, to, scale, whole }: SearchRange, share: number): number {
  const value = scale === 'log' ? from * (to / from) ** share : from + (to - from) * share
  return whole ? Math.round(value) : Number(value.toPrecision(3))
}
