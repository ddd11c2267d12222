/** How the singular values are shared between rows and columns of a biplot. */
export const BIPLOT_SCALINGS = ['form', 'covariance', 'symmetric'] as const
export type BiplotScaling = (typeof BIPLOT_SCALINGS)[number]

/** What scores and loadings of each component are multiplied by, so that row · column is the rank-two approximation of the
 * prepared cell.
 * - form: rows are scores (distances between rows are true), columns are unit components;
 * - covariance: rows are standardized scores, columns are loadings (lengths are deviations, cosines are correlations);
 * - symmetric: both take the fourth root of the variance, as Gabriel's √σ each but for a factor common to all.
 * @param explainedVariance λ of the components
 * @returns a factor a component; 0 where it has no variance
 * Source: Gabriel, "The biplot graphic display of matrices with application to principal component analysis", Biometrika 58
 * (1971); Greenacre, Biplots in Practice, ch. 6, for the names. */
export function biplotFactors(
  explainedVariance: readonly number[],
  scaling: BiplotScaling
): { rows: number[]; columns: number[] } {
  const power = (exponent: number): number[] =>
    explainedVariance.map((variance) => (variance > 0 ? variance ** exponent : 0))
  switch (scaling) {
    case 'form':
      return { rows: power(0), columns: power(-0.5) }
    case 'covariance':
      return { rows: power(-0.5), columns: power(0) }
    case 'symmetric':
      return { rows: power(-0.25), columns: power(-0.25) }
  }
}

/** The longest arrow, of the distance of the row furthest out: where one component holds nearly everything, arrows along the
 * others may leave the flat cloud, for the picture has room there. */
const REACH = 0.75

/** By how much all arrows are lengthened so that they can be read among the points: the longest is as long as three quarters of
 * the distance of the row furthest from the origin. Rounded to two digits, for it is told to the reader; the directions and
 * ratios of arrows do not change.
 * @param furthest distance of that row from the origin, in the plane @param longest arrow
 * A common factor leaves all inner products of rows and columns in proportion. */
export function arrowScale(furthest: number, longest: number): number {
  return roundedScale(REACH * furthest, longest)
}

/** Arrows of columns that were not fitted may, in units of their own, dwarf everything that was. */
const MOST_BEYOND = 2

/** By how much the arrows of supplementary columns are shortened: 1 unless the longest is more than twice as long as the longest
 * fitted one; then to that one's length, in two digits, for it is told to the reader. */
export function supplementaryScale(fitted: number, supplementary: number): number {
  return fitted > 0 && supplementary > MOST_BEYOND * fitted ? roundedScale(fitted, supplementary) : 1
}

function roundedScale(wanted: number, longest: number): number {
  const fit = wanted / longest
  return Number.isFinite(fit) && fit > 0 ? Number(fit.toPrecision(2)) : 1
}
