/** Number, range, mean and spread of values that come one after another.
 * Source: Welford, Technometrics 4 (1962) 419; with weights, West, CACM 22 (1979) 532. */
export class RunningMoments {
  count = 0
  min = Infinity
  max = -Infinity
  mean = 0
  #squares = 0

  /** Adds a finite value, `times` times. */
  add(value: number, times = 1): void {
    if (value < this.min) this.min = value
    if (value > this.max) this.max = value
    this.count += times
    const fromOldMean = value - this.mean
    this.mean += (fromOldMean * times) / this.count
    this.#squares += times * fromOldMean * (value - this.mean)
  }

  /** As if values with these figures had been added. @param squares sum of the squared distances from the mean */
  set(count: number, min: number, max: number, mean: number, squares: number): void {
    Object.assign(this, { count, min, max, mean })
    this.#squares = squares
  }

  /** Adds what another one has seen.
   * Source: Chan, Golub & LeVeque, The American Statistician 37 (1983) 242, equation 2.1. */
  merge(other: RunningMoments): void {
    if (other.count === 0) return
    const total = this.count + other.count
    const apart = other.mean - this.mean
    this.#squares += other.#squares + (this.count === 0 ? 0 : apart * apart * this.count * (other.count / total))
    this.mean = this.count === 0 ? other.mean : this.mean + apart * (other.count / total)
    this.count = total
    this.min = Math.min(this.min, other.min)
    this.max = Math.max(this.max, other.max)
  }

  /** Standard deviation, divisor n − 1; undefined below two values. */
  get sd(): number | undefined {
    return this.count < 2 ? undefined : Math.sqrt(Math.max(0, this.#squares) / (this.count - 1))
  }
}
