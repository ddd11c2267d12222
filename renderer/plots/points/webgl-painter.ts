import { bytesOf, SELECTED, type PointFrame, type PointLook, type PointPainter, type PointScene } from './scene.ts'
import { fragmentShader, vertexShader } from './shaders.ts'

/** Drivers that draw without a graphics card. */
const SOFTWARE = /swiftshader|llvmpipe|softpipe|software|basic render/i

const uniformNames = ['toScale', 'toShift', 'scale', 'grow', 'wanted', 'edge', 'palette', 'opacity', 'ink'] as const
const attributes = { position: 0, paint: 1, shape: 2, diameter: 3, strength: 4, state: 5 } as const
type Attribute = keyof typeof attributes
type Uniforms = Record<(typeof uniformNames)[number], WebGLUniformLocation | null>

/** Points by WebGL 2: every attribute lies on the card, so that moving the picture sends eight numbers. */
export class WebglPainter implements PointPainter {
  readonly hardware: boolean
  readonly #gl: WebGL2RenderingContext
  readonly #program: WebGLProgram
  readonly #uniforms: Uniforms
  readonly #buffers: Record<Attribute, WebGLBuffer>
  readonly #indices: WebGLBuffer
  readonly #palette: WebGLTexture
  #middle: [number, number] = [0, 0]
  #count = 0
  #look: PointLook | null = null
  #scale = 1
  #height = 0

  private constructor(gl: WebGL2RenderingContext, program: WebGLProgram) {
    this.#gl = gl
    this.#program = program
    const info = gl.getExtension('WEBGL_debug_renderer_info')
    const renderer = String(gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER))
    this.hardware = !SOFTWARE.test(renderer)
    this.#uniforms = Object.fromEntries(
      uniformNames.map((name) => [name, gl.getUniformLocation(program, name)])
    ) as Uniforms
    this.#buffers = Object.fromEntries(Object.keys(attributes).map((name) => [name, gl.createBuffer()])) as Record<
      Attribute,
      WebGLBuffer
    >
    this.#indices = gl.createBuffer()
    this.#palette = gl.createTexture()
  }

  static #onCard: boolean | undefined

  /** Whether a graphics card would draw: tried once. */
  static get isOnCard(): boolean {
    if (this.#onCard === undefined) {
      const tried = WebglPainter.on(document.createElement('canvas'))
      this.#onCard = tried?.hardware ?? false
      tried?.dispose()
    }
    return this.#onCard
  }

  /** @returns null where the machine has no WebGL 2 */
  static on(canvas: HTMLCanvasElement): WebglPainter | null {
    const gl = canvas.getContext('webgl2', { antialias: false, depth: false, premultipliedAlpha: true })
    const program = gl && link(gl)
    return gl && program ? new WebglPainter(gl, program) : null
  }

  setScene(scene: PointScene): void {
    const gl = this.#gl
    const { x, y } = scene
    const n = x.length
    this.#count = n
    this.#middle = [middleOf(x), middleOf(y)]
    const positions = new Float32Array(2 * n)
    for (let i = 0; i < n; i++) {
      positions[2 * i] = x[i]! - this.#middle[0]
      positions[2 * i + 1] = y[i]! - this.#middle[1]
    }
    this.#fill('position', positions, 2, gl.FLOAT)
    this.#fill('paint', scene.paint, 1, gl.UNSIGNED_BYTE)
    this.#fill('shape', scene.shape, 1, gl.UNSIGNED_BYTE)
    if (typeof scene.diameter === 'number') this.#constant('diameter', scene.diameter)
    else this.#fill('diameter', scene.diameter, 1, gl.FLOAT)
    if (scene.strength) this.#fill('strength', scene.strength, 1, gl.UNSIGNED_BYTE, true)
    else this.#constant('strength', 1)
    const colours = new Uint8Array(256 * 4).fill(255)
    scene.palette.forEach((colour, i) => colours.set(bytesOf(colour), 4 * i))
    gl.bindTexture(gl.TEXTURE_2D, this.#palette)
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, 256, 1, 0, gl.RGBA, gl.UNSIGNED_BYTE, colours)
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.NEAREST)
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.NEAREST)
  }

  setLook(look: PointLook): void {
    const gl = this.#gl
    this.#look = look
    this.#fill('state', look.state, 1, gl.UNSIGNED_BYTE)
    if (!look.drawn) return
    gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, this.#indices)
    gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, look.drawn, gl.DYNAMIC_DRAW)
  }

  #fill(name: Attribute, data: Float32Array | Uint8Array, size: number, type: number, normalized = false): void {
    const gl = this.#gl
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#buffers[name])
    gl.bufferData(gl.ARRAY_BUFFER, data, gl.DYNAMIC_DRAW)
    gl.enableVertexAttribArray(attributes[name])
    gl.vertexAttribPointer(attributes[name], size, type, normalized, 0, 0)
  }

  #constant(name: Attribute, value: number): void {
    this.#gl.disableVertexAttribArray(attributes[name])
    this.#gl.vertexAttrib1f(attributes[name], value)
  }

  begin(width: number, height: number, scale: number): void {
    const gl = this.#gl
    const { canvas } = gl
    const [wide, high] = [Math.round(width * scale), Math.round(height * scale)]
    if (canvas.width !== wide || canvas.height !== high) Object.assign(canvas, { width: wide, height: high })
    this.#scale = scale
    this.#height = high
    gl.disable(gl.SCISSOR_TEST)
    gl.clearColor(0, 0, 0, 0)
    gl.clear(gl.COLOR_BUFFER_BIT)
    gl.enable(gl.BLEND)
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA)
    gl.useProgram(this.#program)
    gl.activeTexture(gl.TEXTURE0)
    gl.bindTexture(gl.TEXTURE_2D, this.#palette)
    gl.uniform1i(this.#uniforms.palette, 0)
    gl.uniform1f(this.#uniforms.scale, scale)
  }

  paint(frame: PointFrame): void {
    const gl = this.#gl
    const look = this.#look
    if (!look || this.#count === 0) return
    const part = [frame.left, 0, frame.width, frame.height].map((px) => Math.round(px * this.#scale))
    part[1] = this.#height - Math.round((frame.top + frame.height) * this.#scale)
    gl.viewport(part[0]!, part[1], part[2]!, part[3]!)
    gl.enable(gl.SCISSOR_TEST)
    gl.scissor(part[0]!, part[1], part[2]!, part[3]!)
    const { x, y } = frame
    gl.uniform2f(this.#uniforms.toScale, 2 / (x[1] - x[0]), 2 / (y[1] - y[0]))
    gl.uniform2f(
      this.#uniforms.toShift,
      (2 * this.#middle[0] - x[0] - x[1]) / (x[1] - x[0]),
      (2 * this.#middle[1] - y[0] - y[1]) / (y[1] - y[0])
    )
    this.#pass(0, look.anySelected ? look.dim : look.opacity, 0, 0, look.ink)
    if (look.anySelected) this.#pass(SELECTED, 1, look.edge, look.grow, look.ink)
  }

  /** The card draws on its own: there is nothing to pause for. */
  *paintInSteps(frame: PointFrame): Generator<undefined, void, undefined> {
    this.paint(frame)
  }

  #pass(wanted: number, opacity: number, edge: number, grow: number, ink: string): void {
    const gl = this.#gl
    gl.uniform1f(this.#uniforms.wanted, wanted)
    gl.uniform1f(this.#uniforms.opacity, opacity)
    gl.uniform1f(this.#uniforms.edge, edge)
    gl.uniform1f(this.#uniforms.grow, grow)
    const [red, green, blue] = bytesOf(ink)
    gl.uniform3f(this.#uniforms.ink, red / 255, green / 255, blue / 255)
    const drawn = this.#look!.drawn
    if (!drawn) return gl.drawArrays(gl.POINTS, 0, this.#count)
    gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, this.#indices)
    gl.drawElements(gl.POINTS, drawn.length, gl.UNSIGNED_INT, 0)
  }

  finish(): void {
    this.#gl.readPixels(0, 0, 1, 1, this.#gl.RGBA, this.#gl.UNSIGNED_BYTE, new Uint8Array(4))
  }

  dispose(): void {
    this.#gl.getExtension('WEBGL_lose_context')?.loseContext()
  }
}

function middleOf(values: ArrayLike<number>): number {
  let low = Infinity
  let high = -Infinity
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    if (value < low) low = value
    if (value > high) high = value
  }
  return low <= high ? (low + high) / 2 : 0
}

function link(gl: WebGL2RenderingContext): WebGLProgram | null {
  const program = gl.createProgram()
  const sources = [
    [gl.VERTEX_SHADER, vertexShader],
    [gl.FRAGMENT_SHADER, fragmentShader]
  ] as const
  for (const [type, source] of sources) {
    const shader = gl.createShader(type)
    if (!shader) return null
    gl.shaderSource(shader, source)
    gl.compileShader(shader)
    gl.attachShader(program, shader)
  }
  for (const [name, place] of Object.entries(attributes)) gl.bindAttribLocation(program, place, name)
  gl.linkProgram(program)
  return gl.getProgramParameter(program, gl.LINK_STATUS) === true ? program : null
}
