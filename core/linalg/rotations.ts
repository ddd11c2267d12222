/** Columns turned together: 32 columns of 1,000 rows are 256 kB and stay in a second-level cache while every rotation
 * that waits passes over them; one sweep at a time the whole matrix would come from memory for each. */
const PANEL = 32
/** Rotations that wait, as a multiple of the order: more saves little, and cancelling would answer later. */
const SWEEPS_WAITING = 32

/** Sweeps of plane rotations, kept until there are enough of them to be worth a pass over the rows they turn. */
export class WaitingRotations {
  private readonly rows: Float64Array
  private readonly n: number
  private readonly checkpoint: (() => void) | undefined
  private readonly upper: Int32Array
  private readonly sine: Float64Array
  private readonly cosine: Float64Array
  private count = 0

  /** @param rows n×n row-major; modified by add and flush */
  constructor(rows: Float64Array, n: number, checkpoint?: () => void) {
    this.rows = rows
    this.n = n
    this.checkpoint = checkpoint
    this.upper = new Int32Array(SWEEPS_WAITING * n)
    this.sine = new Float64Array(SWEEPS_WAITING * n)
    this.cosine = new Float64Array(SWEEPS_WAITING * n)
  }

  /** Rows upper and upper + 1 become cosine·upper − sine·lower and sine·upper + cosine·lower. */
  add(upper: number, sine: number, cosine: number): void {
    if (this.count === this.upper.length) this.flush()
    this.upper[this.count] = upper
    this.sine[this.count] = sine
    this.cosine[this.count] = cosine
    this.count++
  }

  /** Applies what waits, in the order it came. */
  flush(): void {
    const { rows, n, upper, sine, cosine, count } = this
    for (let left = 0; left < n; left += PANEL) {
      this.checkpoint?.()
      const width = Math.min(PANEL, n - left)
      for (let k = 0; k < count; k++) turn(rows, upper[k]! * n + left, width, n, sine[k]!, cosine[k]!)
    }
    this.count = 0
  }
}

function turn(rows: Float64Array, at: number, width: number, n: number, sine: number, cosine: number): void {
  for (let j = at; j < at + width; j++) {
    const high = rows[j]!
    const low = rows[j + n]!
    rows[j + n] = sine * high + cosine * low
    rows[j] = cosine * high - sine * low
  }
}
