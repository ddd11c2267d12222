/** Which components are so nearly equal that their axes are not settled. */
export interface CloseAxes {
  /** the neighbours with the smallest gap, 0-based, the second perhaps the first that was not kept; null with one component */
  closest: [number, number] | null
  /** runs of components, first and last 0-based, each nearer to the next than a variance is known to from so many rows */
  nearlyEqual: [number, number][]
}

/** Variances below this share of the largest are rounding. */
const ROUNDING = 1e-12

/** Finds the smallest gap, and the runs of components whose variances overlap within their sampling error: by North's rule λ of
 * n rows is known to λ√(2/n), and where the gap to the next is smaller, other rows would turn the two axes into each other.
 * @param explainedVariance of the kept components, descending @param eigengap the smallest gap over the largest variance, the first
 * discarded component included; null with one
 * Source: North, Bell, Cahalan & Moeng, "Sampling errors in the estimation of empirical orthogonal functions", Monthly Weather
 * Review 110 (1982) 699, eq. 24. */
export function closeAxes(explainedVariance: readonly number[], eigengap: number | null, nSamples: number): CloseAxes {
  const last = explainedVariance.length - 1
  const largest = explainedVariance[0] ?? 0
  if (eigengap === null || !(largest > 0)) return { closest: null, nearlyEqual: [] }
  const gaps = explainedVariance.slice(0, last).map((variance, k) => variance - explainedVariance[k + 1]!)
  let closest = last
  // The gap to the first discarded component is not among ours: it is the smallest where none of ours is as small.
  gaps.forEach((gap, k) => {
    if (gap / largest <= eigengap + 1e-12 && closest === last) closest = k
  })
  const nearlyEqual: [number, number][] = []
  gaps.forEach((gap, k) => {
    const variance = explainedVariance[k]!
    if (explainedVariance[k + 1]! <= ROUNDING * largest || gap >= variance * Math.sqrt(2 / nSamples)) return
    const before = nearlyEqual.at(-1)
    if (before?.[1] === k) before[1] = k + 1
    else nearlyEqual.push([k, k + 1])
  })
  return { closest: [closest, closest + 1], nearlyEqual }
}

/** The runs among the components that are kept: where the axes of none of them may turn, nothing need be said. */
export function closeKeptAxes(
  {
    explainedVariance,
    certificate,
    nSamples
  }: { explainedVariance: readonly number[]; certificate: { eigengap: number | null }; nSamples: number },
  cut: number
): CloseAxes['nearlyEqual'] {
  return closeAxes(explainedVariance, certificate.eigengap, nSamples).nearlyEqual.filter(([first]) => first < cut)
}

/** Runs that are named before the rest is counted. */
const NAMED = 2

/** "PC2 and PC3 are nearly equal: with other rows their axes may turn into each other." Nothing where no components are. */
export function closeAxesSentence(nearlyEqual: CloseAxes['nearlyEqual']): string | null {
  if (nearlyEqual.length === 0) return null
  const named = nearlyEqual
    .slice(0, NAMED)
    .map(([first, last]) => `PC${first + 1} ${last === first + 1 ? 'and' : 'to'} PC${last + 1}`)
  const more = nearlyEqual.length - named.length
  const rest = more === 0 ? '' : `, and ${more} ${more === 1 ? 'group' : 'groups'} further on,`
  return `${named.join(', as ')}${rest} are nearly equal: with other rows their axes may turn into each other.`
}

/** The same in a line where there is little room: "PC2 and PC3 nearly equal: their axes may turn". */
export function closeAxesWords(nearlyEqual: CloseAxes['nearlyEqual']): string | null {
  const [first] = nearlyEqual
  if (!first) return null
  if (nearlyEqual.length === 1) {
    const joined = first[1] === first[0] + 1 ? 'and' : 'to'
    return `PC${first[0] + 1} ${joined} PC${first[1] + 1} nearly equal: their axes may turn`
  }
  const named = nearlyEqual.slice(0, NAMED).map(([from, to]) => `PC${from + 1}–${to + 1}`)
  const list = nearlyEqual.length > NAMED ? `${named.join(', ')} and others` : named.join(' and ')
  return `${list} nearly equal: axes may turn`
}
