import { CanvasPainter } from './canvas-painter.ts'
import { GridIndex } from './grid-index.ts'
import { HIDDEN, type PointFrame, type PointLook, type PointPainter, type PointScene } from './scene.ts'
import { behindFirst, spreadOrder, thinPoints } from './thin.ts'
import { WebglPainter } from './webgl-painter.ts'

/** Points drawn at once without a graphics card: 5 to 10 ms. */
export const DRAWN_IN_SOFTWARE = 100_000
/** A frame of a moving picture that takes the processor longer than this is given fewer points, down to so many. */
const MOVING_MS = 12
const LEAST_MOVING = 5000
const UNPACED_FRAMES = 5
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
  /** fewer only for as long as the picture is being moved */
  moving?: boolean
}

/** What draws points on the screen. Where only a driver pretends to be a graphics card, the processor itself is quicker. */
export function makePainter(canvas: HTMLCanvasElement): PointPainter {
  return (WebglPainter.isOnCard ? WebglPainter.on(canvas) : null) ?? new CanvasPainter(canvas)
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
  /** points of a frame while the picture is moved */
  #movingBudget: number
  #moving = false
  /** the points to draw are chosen with the next frame: not while a page of plots and tables is being put together */
  #stale = false
  /** frames of the move so far that were looked at */
  #paced = 0
  /** of the points in sight, how many were chosen last */
  #chosen = 0
  /** what is left of a drawing that is made in steps */
  #steps: Generator<undefined, void, undefined> | null = null
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
    this.#movingBudget = this.#budget
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
    if (!thinned || this.#moving) {
      this.#moving = false
      this.#stale = true
    }
    this.#request()
  }

  /** The part in sight while it is being moved; points are chosen anew when it rests. */
  move(x: PointFrame['x'], y: PointFrame['y']): void {
    if (!this.#frame) return
    this.#frame = { ...this.#frame, x, y }
    if (!this.#moving) {
      this.#paced = 0
      if (this.#chosen > this.#movingBudget) this.#thin(true)
      this.#moving = true
    }
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

  /** Chooses the points to draw. @param moving as few as keep up with a picture that is being moved */
  #thin(moving = false): void {
    this.#moving = moving
    this.#stale = false
    const scene = this.#scene
    const look = this.#look
    const frame = this.#frame
    if (!scene || !look || !frame) return
    const n = scene.x.length
    const { state, first } = look
    const budget = moving ? this.#movingBudget : this.#drawAll ? Infinity : this.#budget
    let drawn: Int32Array | null = null
    let total = n
    if (n > budget) {
      if (this.#order.length !== n) this.#order = spreadOrder(n)
      const { x, y } = scene
      ;({ drawn, total } = thinPoints(this.#order, budget, { x, y, state, first }, frame))
    }
    this.#chosen = drawn?.length ?? n
    this.#oncount({ drawn: this.#chosen, total, ...(moving && { moving }) })
    this.#painter.setLook({ ...look, drawn: behindFirst(drawn, n, scene.behind) })
  }

  #request(): void {
    if (this.#asked === 0) this.#asked = requestAnimationFrame(() => this.#draw())
  }

  #draw(): void {
    this.#asked = 0
    if (!this.#frame || !this.#scene) return
    if (this.#stale) this.#thin(this.#moving)
    const { width, height } = this.#size
    const began = performance.now()
    this.#painter.begin(width, height, devicePixelRatio)
    if (this.#moving || this.#chosen <= this.#movingBudget) {
      this.#steps = null
      this.#painter.paint(this.#frame)
      this.#tell()
      if (this.#painter.hardware && this.#timed < TIMED_FRAMES && !this.#drawAll) this.#judge(began)
      else if (!this.#painter.hardware) this.#pace(performance.now() - began)
      return
    }
    this.#steps = this.#painter.paintInSteps(this.#frame)
    this.#goOn(this.#steps)
  }

  /** A step of a drawing a frame, so that the page answers in between; another drawing puts an end to it. */
  #goOn(steps: Generator<undefined, void, undefined>): void {
    if (steps !== this.#steps || this.#asked !== 0) return
    if (steps.next().done === true) this.#tell()
    else setTimeout(() => this.#goOn(steps))
  }

  /** What stands on the screen, for whoever looks at it from outside: tests and measurements. */
  #tell(): void {
    this.canvas.dataset['drawings'] = String(++this.#drawings)
    this.canvas.dataset['drawn'] = String(this.#chosen)
  }

  /** A processor that does not keep up draws fewer points while the picture is moved, one that has time to spare more again. The
   * first frames are not its measure: what draws them has not been compiled yet. */
  #pace(took: number): void {
    if (!this.#moving || ++this.#paced <= UNPACED_FRAMES) return
    const fitting = Math.round((this.#chosen * MOVING_MS) / Math.max(1, took))
    if (took <= MOVING_MS) {
      if (2 * took < MOVING_MS) this.#movingBudget = Math.min(this.#budget, Math.max(this.#movingBudget, fitting))
      return
    }
    this.#paced = 0
    this.#movingBudget = Math.max(LEAST_MOVING, fitting)
    if (this.#chosen > this.#movingBudget) this.#thin(true)
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
    this.#steps = null
    this.#painter.dispose()
    this.canvas.remove()
  }
}

function sameRange(a: PointFrame, b: PointFrame): boolean {
  return a.x[0] === b.x[0] && a.x[1] === b.x[1] && a.y[0] === b.y[0] && a.y[1] === b.y[1]
}
