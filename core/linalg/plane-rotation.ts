/** Below this a sum of squares would lose digits to underflow. */
const SMALL = 2 ** -500
const LIFT = 2 ** 600

/** A plane rotation, kept between calls so that none is allocated in a sweep. */
export class PlaneRotation {
  cosine = 1
  sine = 0

  /** Chooses cosine ≥ 0 and sine with cosine·f + sine·g = r and cosine·g − sine·f = 0, and returns r.
   * @param f |f| < 2^500, as g: matrices are scaled before
   * Source: Anderson, "Algorithm 978: Safe scaling in the level 1 BLAS", ACM TOMS 44 (2017), §4. */
  annihilate(f: number, g: number): number {
    if (g === 0) {
      this.cosine = 1
      this.sine = 0
      return f
    }
    if (f === 0) {
      this.cosine = 0
      this.sine = 1
      return g
    }
    const size = Math.max(Math.abs(f), Math.abs(g))
    if (size < SMALL) return this.annihilate(f * LIFT, g * LIFT) / LIFT
    const norm = Math.sqrt(f * f + g * g)
    const r = f < 0 ? -norm : norm
    this.cosine = Math.abs(f) / norm
    this.sine = g / r
    return r
  }
}
