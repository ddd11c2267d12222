import { bytesOf, SELECTED, type PointFrame, type PointLook, type PointPainter, type PointScene } from './scene.ts'
import { makeStamp, MOST_REACH, type Stamp } from './stamps.ts'

/** Diameters are drawn in steps of this many px of the page, so that few stamps serve many points. */
const STEP = 0.5
const MOST_STEPS = 128
/** A point is drawn at the nearest of so many places within its px, in each direction. */
const PHASES = 4
/** Points between two looks at the clock. */
const TIMED_POINTS = 4096
/** ms of work before the page has a turn. */
const PIECE_MS = 10

/** Points by the processor alone, for machines without a graphics card: stamps are laid over each other in an array of px, and
 * the array is put on the canvas. A point of two px takes about 50 ns; a driver that pretends to be a graphics card takes
 * thirty times as long, and every other picture of the window waits for it. */
export class CanvasPainter implements PointPainter {
  readonly hardware = false
  readonly #canvas: HTMLCanvasElement
  readonly #context: CanvasRenderingContext2D
  #scene: PointScene | null = null
  #look: PointLook | null = null
  #scale = 1
  /** by shape, diameter, whether it is selected, and place within the px */
  #stamps: (LaidStamp | undefined)[] = []
  /** px by red, green, blue and opacity, multiplied by it; the canvas with a margin that no stamp of a point in it leaves */
  #px = new Uint32Array(0)
  #width = 0
  #height = 0
  /** what is put on the canvas */
  #image: ImageData | null = null
  #begun = false

  constructor(canvas: HTMLCanvasElement) {
    // Kept where the processor reaches it: nothing else ever draws there.
    const context = canvas.getContext('2d', { willReadFrequently: true })
    if (!context) throw new Error('a canvas has no 2d context')
    this.#canvas = canvas
    this.#context = context
  }

  setScene(scene: PointScene): void {
    this.#scene = scene
  }

  setLook(look: PointLook): void {
    if (look.edge !== this.#look?.edge || look.grow !== this.#look.grow) this.#stamps = []
    this.#look = look
  }

  /** What stood there goes when the first frame is ready: nothing flickers while a large one is made. */
  begin(width: number, height: number, scale: number): void {
    const [wide, high] = [Math.round(width * scale), Math.round(height * scale)]
    if (this.#scale !== scale) this.#stamps = []
    this.#scale = scale
    if (this.#canvas.width !== wide || this.#canvas.height !== high) {
      Object.assign(this.#canvas, { width: wide, height: high })
    }
    this.#begun = true
  }

  paint(frame: PointFrame): void {
    const steps = this.paintInSteps(frame, Infinity)
    while (!steps.next().done);
  }

  *paintInSteps(frame: PointFrame, pieceMs = PIECE_MS): Generator<undefined, void, undefined> {
    const look = this.#look
    if (!look || !this.#scene) return
    this.#clear(Math.round(frame.width * this.#scale), Math.round(frame.height * this.#scale))
    const passes: [0 | typeof SELECTED, number][] = [[0, look.anySelected ? look.dim : look.opacity]]
    if (look.anySelected) passes.push([SELECTED, 1])
    const count = look.drawn?.length ?? this.#scene.x.length
    let began = performance.now()
    for (const [wanted, opacity] of passes) {
      for (let from = 0; from < count; from += TIMED_POINTS) {
        this.#lay(frame, wanted, opacity, from, Math.min(count, from + TIMED_POINTS))
        if (performance.now() - began < pieceMs) continue
        yield
        began = performance.now()
      }
    }
    this.#put(frame)
  }

  #clear(width: number, height: number): void {
    if (this.#width !== width || this.#height !== height) {
      this.#width = width
      this.#height = height
      this.#stamps = []
      this.#px = new Uint32Array((width + 2 * MARGIN) * (height + 2 * MARGIN))
    } else this.#px.fill(0)
  }

  /** Lays the stamps of some points of one pass over what is there. */
  #lay(frame: PointFrame, wanted: number, opacity: number, from: number, end: number): void {
    const { x, y, diameter, strength, paint, shape, palette } = this.#scene!
    const { state, drawn } = this.#look!
    const px = this.#px
    const [width, height] = [this.#width, this.#height]
    const stride = width + 2 * MARGIN
    const perX = width / (frame.x[1] - frame.x[0])
    const perY = height / (frame.y[1] - frame.y[0])
    const [left, top] = [frame.x[0], frame.y[1]]
    const colours = coloursOf(palette)
    const ink = packed(this.#look!.ink)
    const full = Math.round(256 * opacity)
    const size = typeof diameter === 'number' ? stepOf(diameter) : 0
    for (let i = from; i < end; i++) {
      const point = drawn ? drawn[i]! : i
      if (state[point] !== wanted) continue
      const across = (x[point]! - left) * perX
      const down = (top - y[point]!) * perY
      // Also false for points without a place.
      if (!(across > -REACH && across < width + REACH && down > -REACH && down < height + REACH)) continue
      const [column, row] = [Math.floor(across), Math.floor(down)]
      const phase = Math.floor((across - column) * PHASES) * PHASES + Math.floor((down - row) * PHASES)
      const steps = size || stepOf((diameter as Float32Array)[point]!)
      const key = (((shape[point]! * MOST_STEPS + steps) * 2 + (wanted === SELECTED ? 1 : 0)) * PHASES * PHASES) | 0
      const stamp = this.#stamps[key + phase] ?? this.#makeStamp(key + phase, shape[point]!, steps, wanted, phase)
      const alpha = strength ? (full * strength[point]!) >> 8 : full
      const colour = colours[paint[point]!]!
      layStamp(px, (row + MARGIN) * stride + column + MARGIN, stamp, colour, ink, alpha)
    }
  }

  #makeStamp(key: number, shape: number, steps: number, wanted: number, phase: number): LaidStamp {
    const { edge, grow } = this.#look!
    const scale = this.#scale
    const isSelected = wanted === SELECTED
    const size = {
      radius: ((steps * STEP + (isSelected ? grow : 0)) / 2) * scale,
      edge: isSelected ? edge * scale : 0,
      scale
    }
    const [right, down] = [Math.floor(phase / PHASES), phase % PHASES].map((part) => (part + 0.5) / PHASES)
    const stamp = makeStamp(shape, size, right!, down!)
    const stride = this.#width + 2 * MARGIN
    const laid = { ...stamp, offsets: Int32Array.from(stamp.dx, (dx, i) => stamp.dy[i]! * stride + dx) }
    this.#stamps[key] = laid
    return laid
  }

  /** Puts the px of a frame on the canvas, which wants colours that are not multiplied by their opacity. */
  #put(frame: PointFrame): void {
    const [width, height] = [this.#width, this.#height]
    if (width === 0 || height === 0) return
    if (this.#image?.width !== width || this.#image.height !== height) {
      this.#image = this.#context.createImageData(width, height)
    }
    const image = this.#image
    const out = new Uint32Array(image.data.buffer)
    const px = this.#px
    const stride = width + 2 * MARGIN
    for (let row = 0, to = 0; row < height; row++) {
      let from = (row + MARGIN) * stride + MARGIN
      for (let column = 0; column < width; column++, from++, to++) {
        const value = px[from]!
        const alpha = value >>> 24
        if (alpha === 0) {
          out[to] = 0
          continue
        }
        const factor = INVERSE[alpha]!
        const red = Math.min(255, ((value & 255) * factor + 0x8000) >>> 16)
        const green = Math.min(255, (((value >>> 8) & 255) * factor + 0x8000) >>> 16)
        const blue = Math.min(255, (((value >>> 16) & 255) * factor + 0x8000) >>> 16)
        out[to] = (alpha << 24) | (blue << 16) | (green << 8) | red
      }
    }
    if (this.#begun) this.#context.clearRect(0, 0, this.#canvas.width, this.#canvas.height)
    this.#begun = false
    this.#context.putImageData(image, Math.round(frame.left * this.#scale), Math.round(frame.top * this.#scale))
  }

  finish(): void {
    this.#context.getImageData(0, 0, 1, 1)
  }

  dispose(): void {
    this.#stamps = []
    this.#px = new Uint32Array(0)
    this.#image = null
    this.#width = this.#height = 0
  }
}

interface LaidStamp extends Stamp {
  /** of each px from that of the point, in an array of px */
  offsets: Int32Array
}

/** px around the canvas: as far as the stamp of a point reaches that is itself no further outside than this. */
const REACH = MOST_REACH
const MARGIN = 2 * MOST_REACH + 1

const stepOf = (diameter: number): number => Math.max(1, Math.min(MOST_STEPS - 1, Math.round(diameter / STEP)))

/** 255 / alpha, times 2^16. */
const INVERSE = Uint32Array.from({ length: 256 }, (_, alpha) => (alpha === 0 ? 0 : Math.round((255 * 65536) / alpha)))

/** Red and blue apart from green: two multiplications do for a colour. */
interface Packed {
  redBlue: number
  green: number
}

function packed(colour: string): Packed {
  const [red, green, blue] = bytesOf(colour)
  return { redBlue: (blue << 16) | red, green }
}

const packedPalettes = new WeakMap<readonly string[], Packed[]>()

function coloursOf(palette: readonly string[]): Packed[] {
  let known = packedPalettes.get(palette)
  if (!known) packedPalettes.set(palette, (known = palette.map(packed)))
  return known
}

/** Lays one stamp over px that are multiplied by their opacity: out = source + (1 − opacity of the source)·px.
 * @param alpha opacity of the mark, 0 … 256
 * Source: Porter & Duff, "Compositing digital images", SIGGRAPH 1984: over. */
export function layStamp(
  px: Uint32Array,
  at: number,
  { offsets, cover, inner }: Pick<LaidStamp, 'offsets' | 'cover' | 'inner'>,
  colour: Packed,
  ink: Packed,
  alpha: number
): void {
  for (let i = 0; i < offsets.length; i++) {
    const opacity = (cover[i]! * alpha + 128) >> 8
    if (opacity === 0) continue
    const share = inner[i]!
    let { redBlue, green } = colour
    if (share < 255) {
      const other = 255 - share
      redBlue =
        (mixed(redBlue & 255, ink.redBlue & 255, share, other) |
          (mixed(redBlue >>> 16, ink.redBlue >>> 16, share, other) << 16)) >>>
        0
      green = mixed(green, ink.green, share, other)
    }
    // Of 255, so that full opacity leaves nothing of what was there.
    const part = opacity + (opacity >> 7)
    const rest = 256 - part
    const place = at + offsets[i]!
    const under = px[place]!
    const low = (Math.imul(redBlue, part) + Math.imul(under & 0xff00ff, rest) + 0x800080) >>> 8
    const high = Math.imul((255 << 16) | green, part) + Math.imul((under >>> 8) & 0xff00ff, rest) + 0x800080
    px[place] = (low & 0xff00ff) | (high & 0xff00ff00)
  }
}

const mixed = (a: number, b: number, ofA: number, ofB: number): number => Math.round((a * ofA + b * ofB) / 255)
