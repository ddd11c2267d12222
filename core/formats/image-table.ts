import { convertIndexedToRgb, decode as decodePng } from 'fast-png'
import { decode as decodeJpeg } from 'jpeg-js'
import { EigendeskError } from '../contract/errors.ts'
import { imageColumnNames, type ImageChannels } from '../contract/image.ts'
import type { RandomAccess, TypedTable } from './typed-table.ts'

/** A picture is read with at most this many columns of pixels: in colour they are three times as many columns of a table. */
export const MOST_PIXELS_ACROSS = 1200
/** Files and pictures beyond these are refused before they are unpacked. */
const LARGEST_FILE = 100 * 2 ** 20
const MOST_MEGAPIXELS = 60

/** Channels 0 … 255, row by row, three of a pixel (or one, where the picture is grey). */
interface Pixels {
  width: number
  height: number
  channels: ImageChannels
  values: Float64Array
}

type Begins = (mark: string) => boolean

/** Whether bytes are those of a picture that can be read. */
export const isImage = (begins: Begins): boolean => begins('\u0089PNG\r\n') || begins('\u00ff\u00d8\u00ff')

/** A picture as a table: a row is a row of pixels, a column a column of pixels of one channel, its values 0 … 255. A picture
 * wider or higher than MOST_PIXELS_ACROSS is averaged over squares first. Transparent pixels lie on white; sixteen bits are
 * scaled to 255.
 * @throws FILE_CORRUPT | IMAGE_TOO_LARGE */
export function imageTable(file: RandomAccess): TypedTable {
  if (file.bytes > LARGEST_FILE) {
    throw new EigendeskError('IMAGE_TOO_LARGE', { file: file.name, value: `${Math.round(file.bytes / 2 ** 20)} MB` })
  }
  const bytes = file.read(0, file.bytes)
  const isPng = bytes[0] === 0x89
  const { width, height, channels, values } = shrink(isPng ? readPng(file.name, bytes) : readJpeg(bytes))
  const names = imageColumnNames(width, channels)
  return {
    kind: isPng ? 'PNG' : 'JPEG',
    nRows: height,
    columns: names.map((name) => ({ name, type: 'number', settled: true, words: null })),
    pieces: [{ from: 0, to: height }],
    values: (column, from, to) => {
      const [channel, x] = [Math.floor(column / width), column % width]
      const at = (row: number): number => (row * width + x) * channels + channel
      return Promise.resolve(Float64Array.from({ length: to - from }, (_, i) => values[at(from + i)]!))
    }
  }
}

/** The size stands in the header of a PNG (bytes 16 to 24): looked at before anything is unpacked. */
function readPng(file: string, bytes: Uint8Array): Pixels {
  const header = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const megapixels = bytes.length < 24 ? 0 : (header.getUint32(16) * header.getUint32(20)) / 1e6
  if (megapixels > MOST_MEGAPIXELS) {
    throw new EigendeskError('IMAGE_TOO_LARGE', { file, value: `${Math.round(megapixels)} megapixels` })
  }
  const png = decodePng(bytes)
  const indexed = png.palette !== undefined
  const data = indexed ? convertIndexedToRgb(png) : png.data
  const { width, height } = png
  const stride = data.length / (width * height)
  const most = indexed ? 255 : 2 ** Math.max(png.depth, 8) - 1
  // Grey of one, two or four bits comes as it lies in the file, several pixels in a byte.
  if (!indexed && png.depth < 8) return readPackedGrey(png)
  return gather(width, height, stride, (at) => (data[at]! / most) * 255)
}

function readPackedGrey({ width, height, depth, data }: ReturnType<typeof decodePng>): Pixels {
  const rowBytes = Math.ceil((width * depth) / 8)
  const most = 2 ** depth - 1
  const values = new Float64Array(width * height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const bit = x * depth
      const byte = data[y * rowBytes + (bit >> 3)]!
      values[y * width + x] = (((byte >> (8 - depth - (bit & 7))) & most) / most) * 255
    }
  }
  return { width, height, channels: 1, values }
}

function readJpeg(bytes: Uint8Array): Pixels {
  const { width, height, data } = decodeJpeg(bytes, {
    useTArray: true,
    maxResolutionInMP: MOST_MEGAPIXELS,
    maxMemoryUsageInMB: 1024
  })
  return gather(width, height, 4, (at) => data[at]!)
}

/** One channel where all three are equal everywhere, else three.
 * @param stride values of a pixel: grey, grey and opacity, three colours, or three and opacity */
function gather(width: number, height: number, stride: number, value: (at: number) => number): Pixels {
  const n = width * height
  const colours = stride >= 3 ? 3 : 1
  const opaque = (pixel: number): number => (stride % 2 === 0 ? value(pixel * stride + stride - 1) / 255 : 1)
  const read = new Float64Array(n * colours)
  let grey = true
  for (let pixel = 0; pixel < n; pixel++) {
    const opacity = opaque(pixel)
    for (let channel = 0; channel < colours; channel++) {
      read[pixel * colours + channel] = value(pixel * stride + channel) * opacity + 255 * (1 - opacity)
    }
    grey &&= colours === 1 || (read[pixel * 3] === read[pixel * 3 + 1] && read[pixel * 3] === read[pixel * 3 + 2])
  }
  if (colours === 1 || !grey) return { width, height, channels: colours, values: read }
  return { width, height, channels: 1, values: Float64Array.from({ length: n }, (_, pixel) => read[pixel * 3]!) }
}

/** Means over squares of whole pixels, so that neither side has more than MOST_PIXELS_ACROSS. */
function shrink(pixels: Pixels): Pixels {
  const step = Math.ceil(Math.max(pixels.width, pixels.height) / MOST_PIXELS_ACROSS)
  if (step <= 1) return pixels
  const [width, height] = [Math.ceil(pixels.width / step), Math.ceil(pixels.height / step)]
  const { channels } = pixels
  const values = new Float64Array(width * height * channels)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [right, bottom] = [Math.min(pixels.width, (x + 1) * step), Math.min(pixels.height, (y + 1) * step)]
      for (let channel = 0; channel < channels; channel++) {
        let sum = 0
        for (let v = y * step; v < bottom; v++) {
          for (let u = x * step; u < right; u++) sum += pixels.values[(v * pixels.width + u) * channels + channel]!
        }
        values[(y * width + x) * channels + channel] = sum / ((right - x * step) * (bottom - y * step))
      }
    }
  }
  return { width, height, channels, values }
}
