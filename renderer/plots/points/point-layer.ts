import { CanvasPainter } from './canvas-painter.ts'
import { GridIndex } from './grid-index.ts'
import { HIDDEN, type PointFrame, type PointLook, type PointPainter, type PointScene } from './scene.ts'
import { spreadOrder, thinPoints } from './thin.ts'
import { WebglPainter } from './webgl-painter.ts'

/** Points drawn at once without a graphics card. */
export const DRAWN_IN_SOFTWARE = 20_000
/** A graphics card that takes longer for a frame than this is given fewer points: 30 frames a second. */
const FRAME_MS = 33
/** So many slow frames one after the other are no accident; timing a frame waits for it, so only the first are timed. */
const SLOW_FRAMES = 3
const TIMED_FRAMES = 30
/** Points are thinned anew for what is in sight this long after the last move. */
const SETTLE_MS = 120

/** How many of the points in sight are on the screen. */
export interface DrawnCount {
  drawn: number
  total: number
}

export function makePainter(canvas: HTMLCanvasElement): PointPainter {
  return WebglPainter.on(canvas) ?? new CanvasPainter(canvas)
}

/** A canvas of points between the axes and the labels of a plot. It knows what is under the pointer and in a lasso, and
 * draws fewer points where all would not be quick. */
export class PointLayer {
  readonly canvas = document.createElement('canvas')
  readonly #painter: PointPainter
  readonly #oncount: (count: DrawnCount) => void
  #scene: PointScene | null = null
  #look: Omit<PointLook, 'drawn'> | null = null
  #index: GridIndex | null = null
  #order: Int32Array = new Int32Array(0)
  #size = { width: 0, height: 0 }
  #frame: PointFrame | null = null
  #budget: number
  #drawAll = false
  #asked = 0
  #drawings = 0
  /** frames timed so far, and how many slow ones came last */
  #timed = 0
  #slow = 0
  #settling: ReturnType<typeof setTimeout> | undefined
  #preparing = 0

  constructor(oncount: (count: DrawnCount) => void) {
    this.#oncount = oncount
    this.#painter = makePainter(this.canvas)
    this.canvas.className = 'points'
    this.#budget = this.#painter.hardware ? Infinity : DRAWN_IN_SOFTWARE
  }

  /** @param all draw every point, however long it takes */
  show(
    scene: PointScene,
    look: Omit<PointLook, 'drawn'>,
    frame: PointFrame,
    size: { width: number; height: number },
    all: boolean
  ): void {
    if (scene !== this.#scene) {
      if (scene.x !== this.#scene?.x || scene.y !== this.#scene.y) this.#expect(new GridIndex(scene.x, scene.y))
      if (scene.x.length !== this.#order.length) this.#order = new Int32Array(0)
      this.#painter.setScene(scene)
    }
    Object.assign(this.canvas.style, { width: `${size.width}px`, height: `${size.height}px` })
    const moved = this.#frame === null || !sameRange(frame, this.#frame)
    const thinned = scene === this.#scene && look === this.#look && all === this.#drawAll && !moved
    this.#scene = scene
    this.#look = look
    this.#frame = frame
    this.#size = size
    this.#drawAll = all
    clearTimeout(this.#settling)
    if (!thinned) this.#thin()
    this.#request()
  }

  /** The part in sight while it is being moved; points are chosen anew when it rests. */
  move(x: PointFrame['x'], y: PointFrame['y']): void {
    if (!this.#frame) return
    this.#frame = { ...this.#frame, x, y }
    this.#request()
    clearTimeout(this.#settling)
    this.#settling = setTimeout(() => {
      this.#thin()
      this.#request()
    }, SETTLE_MS)
  }

  /** The point under a place of the canvas, −1 where there is none. */
  hit(x: number, y: number, reach: number): number {
    const frame = this.#frame
    const state = this.#look?.state
    if (!frame || !state) return -1
    const unit = (frame.x[1] - frame.x[0]) / frame.width
    const dataX = frame.x[0] + (x - frame.left) * unit
    const dataY = frame.y[1] - ((y - frame.top) * (frame.y[1] - frame.y[0])) / frame.height
    return this.#index?.nearest(dataX, dataY, reach * unit, (point) => state[point] !== HIDDEN) ?? -1
  }

  /** The visible points in a lasso or box, ascending, those that were not drawn among them. */
  inside(outline: { x: number[]; y: number[] }): Int32Array {
    const state = this.#look?.state
    const accepts = state?.includes(HIDDEN) ? (point: number): boolean => state[point] !== HIDDEN : undefined
    return this.#index?.inside(outline, accepts) ?? new Int32Array(0)
  }

  /** What knows where the points lie is made ready while the page has nothing else to do. */
  #expect(index: GridIndex): void {
    this.#index = index
    cancelIdleCallback(this.#preparing)
    const prepare = (deadline: IdleDeadline): void => {
      let more: boolean
      do more = index.prepare()
      while (more && deadline.timeRemaining() > 0)
      if (more) this.#preparing = requestIdleCallback(prepare)
    }
    this.#preparing = requestIdleCallback(prepare)
  }

  #thin(): void {
    const scene = this.#scene
    const look = this.#look
    const frame = this.#frame
    if (!scene || !look || !frame) return
    const n = scene.x.length
    const { state } = look
    let drawn: Int32Array | null = null
    if (n > this.#budget && !this.#drawAll) {
      if (this.#order.length !== n) this.#order = spreadOrder(n)
      const { x, y, first } = scene
      const thinned = thinPoints(this.#order, this.#budget, { x, y, state, first }, frame)
      drawn = thinned.drawn
      this.#oncount({ drawn: drawn.length, total: thinned.total })
    } else {
      this.#oncount({ drawn: n, total: n })
    }
    this.#painter.setLook({ ...look, drawn })
  }

  #request(): void {
    if (this.#asked === 0) this.#asked = requestAnimationFrame(() => this.#draw())
  }

  #draw(): void {
    this.#asked = 0
    if (!this.#frame || !this.#scene) return
    const { width, height } = this.#size
    const began = performance.now()
    this.#painter.begin(width, height, devicePixelRatio)
    this.#painter.paint(this.#frame)
    // What stands on the screen, for whoever looks at it from outside: tests and measurements.
    this.canvas.dataset['drawings'] = String(++this.#drawings)
    if (this.#painter.hardware && this.#timed < TIMED_FRAMES && !this.#drawAll) this.#judge(began)
  }

  /** Times a frame to its end; after several slow ones points are left out. The first compiles and uploads: it is not counted. */
  #judge(began: number): void {
    this.#painter.finish()
    const took = performance.now() - began
    if (this.#timed++ === 0) return
    this.#slow = took > FRAME_MS ? this.#slow + 1 : 0
    if (this.#slow < SLOW_FRAMES) return
    this.#timed = TIMED_FRAMES
    this.#budget = Math.max(DRAWN_IN_SOFTWARE, Math.round(((this.#scene?.x.length ?? 0) * FRAME_MS) / took))
    this.#thin()
    this.#request()
  }

  dispose(): void {
    clearTimeout(this.#settling)
    cancelAnimationFrame(this.#asked)
    cancelIdleCallback(this.#preparing)
    this.#painter.dispose()
    this.canvas.remove()
  }
}

function sameRange(a: PointFrame, b: PointFrame): boolean {
  return a.x[0] === b.x[0] && a.x[1] === b.x[1] && a.y[0] === b.y[0] && a.y[1] === b.y[1]
}
