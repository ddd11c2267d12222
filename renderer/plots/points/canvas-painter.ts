import { SELECTED, SHAPES, type PointFrame, type PointLook, type PointPainter, type PointScene } from './scene.ts'

/** Diameters are drawn in steps of this many px, so that few stamps serve many points. */
const STEP = 0.5

/** Points by the plain canvas, for machines without WebGL: each look is drawn once and stamped where it is needed. */
export class CanvasPainter implements PointPainter {
  readonly hardware = false
  readonly #canvas: HTMLCanvasElement
  readonly #context: CanvasRenderingContext2D
  readonly #stamps = new Map<number, HTMLCanvasElement>()
  #scene: PointScene | null = null
  #look: PointLook | null = null
  #scale = 1

  constructor(canvas: HTMLCanvasElement) {
    const context = canvas.getContext('2d')
    if (!context) throw new Error('a canvas has no 2d context')
    this.#canvas = canvas
    this.#context = context
  }

  setScene(scene: PointScene): void {
    this.#scene = scene
    this.#stamps.clear()
  }

  setLook(look: PointLook): void {
    this.#look = look
    this.#stamps.clear()
  }

  begin(width: number, height: number, scale: number): void {
    const [wide, high] = [Math.round(width * scale), Math.round(height * scale)]
    if (this.#scale !== scale) this.#stamps.clear()
    this.#scale = scale
    Object.assign(this.#canvas, { width: wide, height: high })
  }

  paint(frame: PointFrame): void {
    const context = this.#context
    const look = this.#look
    if (!look || !this.#scene) return
    const scale = this.#scale
    context.save()
    context.beginPath()
    context.rect(frame.left * scale, frame.top * scale, frame.width * scale, frame.height * scale)
    context.clip()
    this.#pass(frame, 0, look.anySelected ? look.dim : look.opacity)
    if (look.anySelected) this.#pass(frame, SELECTED, 1)
    context.restore()
  }

  #pass(frame: PointFrame, wanted: typeof SELECTED | 0, opacity: number): void {
    const context = this.#context
    const { x, y, diameter, strength, paint, shape } = this.#scene!
    const { state, drawn } = this.#look!
    const scale = this.#scale
    const perX = (frame.width * scale) / (frame.x[1] - frame.x[0])
    const perY = (frame.height * scale) / (frame.y[1] - frame.y[0])
    const bottom = (frame.top + frame.height) * scale
    const count = drawn ? drawn.length : x.length
    context.globalAlpha = opacity
    for (let i = 0; i < count; i++) {
      const point = drawn ? drawn[i]! : i
      if (state[point] !== wanted) continue
      if (strength) context.globalAlpha = (opacity * strength[point]!) / 255
      const size = typeof diameter === 'number' ? diameter : diameter[point]!
      const stamp = this.#stamp(paint[point]!, shape[point]!, Math.round(size / STEP), wanted === SELECTED)
      const half = stamp.width / 2
      context.drawImage(
        stamp,
        frame.left * scale + (x[point]! - frame.x[0]) * perX - half,
        bottom - (y[point]! - frame.y[0]) * perY - half
      )
    }
  }

  #stamp(paint: number, shape: number, steps: number, selected: boolean): HTMLCanvasElement {
    const key = ((paint * 16 + shape) * 1024 + steps) * 2 + (selected ? 1 : 0)
    const known = this.#stamps.get(key)
    if (known) return known
    const look = this.#look!
    const edge = selected ? look.edge * this.#scale : 0
    const radius = ((steps * STEP + (selected ? look.grow : 0)) / 2) * this.#scale
    const size = 2 * Math.ceil(radius * 1.3 + edge + 1)
    const stamp = document.createElement('canvas')
    Object.assign(stamp, { width: size, height: size })
    const context = stamp.getContext('2d')!
    context.translate(size / 2, size / 2)
    const symbol = SHAPES[shape]!
    const colour = this.#scene!.palette[paint]!
    const path = new Path2D(outlineOf(symbol, radius))
    if (selected && edge > 0) {
      context.strokeStyle = look.ink
      context.lineWidth = 2 * edge
      context.stroke(path)
    }
    if (symbol.endsWith('-open')) {
      context.strokeStyle = colour
      context.lineWidth = 1.25 * this.#scale
      context.stroke(path)
    } else {
      context.fillStyle = colour
      context.fill(path)
    }
    this.#stamps.set(key, stamp)
    return stamp
  }

  finish(): void {
    this.#context.getImageData(0, 0, 1, 1)
  }

  dispose(): void {
    this.#stamps.clear()
  }
}

/** A shape round the origin as the path of an SVG, y downwards. */
function outlineOf(symbol: (typeof SHAPES)[number], r: number): string {
  const circle = `M${r},0A${r},${r} 0 1 1 ${-r},0A${r},${r} 0 1 1 ${r},0Z`
  const polygon = (...points: number[]): string =>
    points.map((value, i) => `${i === 0 ? 'M' : i % 2 === 0 ? 'L' : ','}${value * r}`).join('') + 'Z'
  const plus = [0.4, -1.1, 0.4, -0.4, 1.1, -0.4, 1.1, 0.4, 0.4, 0.4, 0.4, 1.1]
  const arms = [...plus, ...plus.map((value) => -value)]
  const turned = arms.map((_, i) => {
    const [x, y] = [arms[i - (i % 2)]!, arms[i - (i % 2) + 1]!]
    return (i % 2 === 0 ? x - y : x + y) * Math.SQRT1_2
  })
  switch (symbol) {
    case 'triangle-up':
      return polygon(0, -1.25, 1.083, 0.625, -1.083, 0.625)
    case 'triangle-down':
      return polygon(0, 1.25, 1.083, -0.625, -1.083, -0.625)
    case 'square':
      return polygon(-0.92, -0.92, 0.92, -0.92, 0.92, 0.92, -0.92, 0.92)
    case 'diamond':
    case 'diamond-open':
      return polygon(0, -1.28, 1.28, 0, 0, 1.28, -1.28, 0)
    case 'cross':
      return polygon(...arms)
    case 'x':
      return polygon(...turned)
    case 'cross-thin-open':
      return `M${-r},0H${r}M0,${-r}V${r}`
    default:
      return circle
  }
}
