import { normalEllipse } from '../../../core/analyses/pca/figures.ts'
import { traceContours } from '../../../core/analyses/pca/figures/contours.ts'
import { estimateDensity, heightsOfShares } from '../../../core/analyses/pca/figures/density.ts'
import { convexHull } from '../../../core/analyses/pca/figures/hull.ts'
import { OTHER_COLOUR } from '../../plots/categories.ts'
import type { Centroid, ScatterGroup, ScatterRegion } from '../../plots/scatter-model.ts'
import type { ScoreChoices } from './score-choices.ts'

/** Shares of a group inside its density contours. */
export const CONTOUR_SHARES = [0.25, 0.5, 0.75, 0.95]

type Plane = { x: ArrayLike<number>; y: ArrayLike<number>; groups: readonly ScatterGroup[] }

/** "other" and "missing" are leftovers, not groups. */
const isGroup = (group: ScatterGroup): boolean => group.colour !== OTHER_COLOUR && group.members.length > 0

/** The outlines asked for, group by group; ellipses of the data are left to the plot where it draws them anyway. */
export function regionsOf({ x, y, groups }: Plane, choices: ScoreChoices): ScatterRegion[] {
  const regions: ScatterRegion[] = []
  for (const group of groups.filter(isGroup)) {
    const { name, colour, members } = group
    const shared = { group: name, colour }
    if (choices.ellipses === 'mean' || choices.ellipses === 'both') {
      const ellipse = normalEllipse(x, y, members, 0.95, 72, 'mean')
      if (ellipse) regions.push({ ...shared, kind: 'mean', outlines: [ellipse] })
    }
    if (choices.hulls) {
      const corners = convexHull(x, y, members)
      const closed = [...corners, ...corners.slice(0, 1)]
      if (corners.length > 2) {
        const outline = { x: closed.map((point) => x[point]!), y: closed.map((point) => y[point]!) }
        regions.push({ ...shared, kind: 'line', outlines: [outline] })
      }
    }
    const density = choices.density ? estimateDensity(x, y, members) : null
    if (density) {
      for (const height of heightsOfShares(density.values, CONTOUR_SHARES)) {
        regions.push({ ...shared, kind: 'contour', outlines: traceContours(density, height) })
      }
    }
  }
  return regions
}

/** The means of the groups. */
export function centroidsOf({ x, y, groups }: Plane): Centroid[] {
  return groups.filter(isGroup).map(({ name, colour, members }) => {
    let [sumX, sumY] = [0, 0]
    for (let i = 0; i < members.length; i++) {
      sumX += x[members[i]!]!
      sumY += y[members[i]!]!
    }
    return { group: name, colour, x: sumX / members.length, y: sumY / members.length }
  })
}
