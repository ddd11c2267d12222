import { normalQuantile } from './distributions.ts'
import { deviance, stirlingError } from './stirling.ts'

/** How unlikely a count is, as a standard normal number: of `drawn` things of `total`, of which `marked` bear a mark, `found`
 * bear it. Positive where more do than would by chance. p = 2·P(as far out or further), the count itself by half:
 * min(2 P(X < found) + P(found), 2 P(X > found) + P(found)), X hypergeometric.
 * @param drawn,marked above 0 and below total
 * @returns v and p; v is finite where p is too small for a number
 * Source: Lebart, Morineau & Piron, Statistique exploratoire multidimensionnelle, §2.3; FactoMineR's catdes. */
export function countVTest(found: number, drawn: number, marked: number, total: number): { vTest: number; p: number } {
  const more = found * total > drawn * marked
  // The other side is the same question about what is not marked.
  const logP = more ? logMidTail(found, drawn, marked, total) : logMidTail(drawn - found, drawn, total - marked, total)
  // Where the distribution is skewed, a count a little above the mean may have less of it below than above.
  const away = outwards(logP > 0 ? Math.log(2 - Math.exp(logP)) : logP)
  return { vTest: more ? away : -away || 0, p: logP > 0 ? 2 - Math.exp(logP) : Math.exp(logP) }
}

/** log of 2 P(X > x) + P(X = x), for x at the mean or above. */
function logMidTail(x: number, drawn: number, marked: number, total: number): number {
  const most = Math.min(drawn, marked)
  let term = 1
  let further = 0
  for (let k = x; k < most; k++) {
    term *= ((marked - k) * (drawn - k)) / ((k + 1) * (total - marked - drawn + k + 1))
    further += term
    if (term < 1e-18 * further) break
  }
  return logProbability(x, drawn, marked, total) + Math.log1p(2 * further)
}

/** log P(X = x): a quotient of binomial probabilities, whose large parts never meet.
 * Source: Loader, "Fast and accurate computation of binomial probabilities" (2000); R's dhyper. */
function logProbability(x: number, drawn: number, marked: number, total: number): number {
  const p = drawn / total
  const q = (total - drawn) / total
  return logBinomial(x, marked, p, q) + logBinomial(drawn - x, total - marked, p, q) - logBinomial(drawn, total, p, q)
}

function logBinomial(x: number, n: number, p: number, q: number): number {
  if (x === 0) return n === 0 ? 0 : n * Math.log(q)
  if (x === n) return n * Math.log(p)
  const rest = n - x
  const error = stirlingError(n) - stirlingError(x) - stirlingError(rest)
  return error - deviance(x, n * p) - deviance(rest, n * q) + 0.5 * Math.log(n / (2 * Math.PI * x * rest))
}

/** z ≥ 0 with 2 (1 − Φ(z)) = p, of the logarithm of p. Where p is no number any more, by Newton's method on
 * log(1 − Φ(z)) ≈ −z²/2 − log z − ½ log 2π − 1/z². */
function outwards(logP: number): number {
  if (logP > -700) return -normalQuantile(Math.exp(logP) / 2)
  const wanted = logP - Math.LN2
  let z = Math.sqrt(-2 * wanted)
  for (let round = 0; round < 4; round++) {
    const tail = -0.5 * z * z - Math.log(z) - 0.5 * Math.log(2 * Math.PI) - 1 / (z * z)
    z += (tail - wanted) / z
  }
  return z
}
