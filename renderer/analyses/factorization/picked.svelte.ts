/** Points of a factor model that are picked out: shared by its views and its inspector. Items are numbered first, then users. */
export class Picked {
  /** ascending */
  points = $state.raw<readonly number[]>([])
  /** a point that the map brings into its middle as soon as it is drawn */
  flyTo = $state<number | null>(null)

  select(points: ArrayLike<number>): void {
    this.points = [...new Set(Array.from(points))].sort((a, b) => a - b)
  }
}

const known = new Map<string, Picked>()

export function pickedOf(analysisId: string): Picked {
  let picked = known.get(analysisId)
  if (!picked) known.set(analysisId, (picked = new Picked()))
  return picked
}
