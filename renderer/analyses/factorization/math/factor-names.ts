import { GAP } from '../../../../core/analyses/pca/figures/matrix-corner.ts'

/** A name at each place of a corner of factors, '' at gaps. */
export const factorNames = (corner: readonly number[]): string[] =>
  corner.map((k) => (k === GAP ? '' : `factor ${k + 1}`))
