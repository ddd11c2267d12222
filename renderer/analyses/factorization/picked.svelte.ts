import { orderSelection } from '../../ui/selection.ts'

/** Points of a factor model that are picked out: shared by its views and its inspector. Items are numbered first, then users. */
export class Picked {
  /** ascending */
  points = $state.raw<readonly number[]>([])
  /** what a lasso or a box caught on a map: tables hold these alone until another is drawn or this one is left; ascending */
  area = $state.raw<readonly number[]>([])
  /** a point that the map brings into its middle as soon as it is drawn */
  flyTo = $state<number | null>(null)

  select(points: ArrayLike<number>): void {
    this.points = orderSelection(Array.from(points))
  }

  /** What was chosen on a map. One point of an area may be picked, and the area stays. */
  catchOnMap(points: ArrayLike<number>): void {
    this.select(points)
    if (points.length !== 1) this.area = this.points
  }

  leaveArea(): void {
    this.area = []
    this.points = []
  }
}

const known = new Map<string, Picked>()

export function pickedOf(analysisId: string): Picked {
  let picked = known.get(analysisId)
  if (!picked) known.set(analysisId, (picked = new Picked()))
  return picked
}
