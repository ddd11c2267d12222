/** Somebody on the map, in the units of its axes. */
export interface PersonMark {
  x: number
  y: number
  name: string
  /** you are accent, a chosen user is ink */
  you: boolean
  /** where they come from, when they are seen first */
  from?: { x: number; y: number }
}

/** What is drawn over the points of a map. Numbers are points. */
export interface MapMarks {
  /** what somebody has rated */
  rated: readonly number[]
  /** what is recommended to them, or near to what is picked */
  listed: readonly number[]
  people: readonly PersonMark[]
  /** a point and those near to it by the chosen measure */
  links: { from: number; to: readonly number[] } | null
}
