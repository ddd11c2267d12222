import type { ResultArray } from '../../contract/analysis.ts'
import { EigendeskError } from '../../contract/errors.ts'
import { writeNpyHeader } from '../../formats/npy.ts'
import { writeZip, type ZipEntry, type ZipTools } from '../../formats/zip.ts'
import type { ModelFile } from './model-file.ts'

/** NumPy keeps texts at the length of the longest, four bytes a character: beyond this names are refused. */
const TEXT_BYTES_LIMIT = 2 ** 31
const VALUES_A_PIECE = 65_536
const NAMES_A_PIECE = 1000

/** A model as NumPy arrays by name: `about` is a JSON text, lists of names are texts, the rest are numbers.
 * @throws TEXTS_TOO_LONG */
export function* writeModelNpz({ head, names, arrays }: ModelFile, tools: ZipTools): Generator<Uint8Array> {
  yield* writeZip(
    [
      textEntry('about', [JSON.stringify(head)], []),
      ...Object.entries(names).map(([name, list]) => textEntry(name, list)),
      ...Object.entries(arrays).map(([name, array]) => numberEntry(name, array))
    ],
    tools
  )
}

/** @param shape of the array; by default one text a row */
export function textEntry(name: string, texts: readonly string[], shape: number[] = [texts.length]): ZipEntry {
  const pointsOf = (text: string): number[] => Array.from(text, (character) => character.codePointAt(0)!)
  let length = 1
  for (const text of texts) if (text.length > length) length = Math.max(length, pointsOf(text).length)
  const bytes = 4 * length * texts.length
  if (bytes > TEXT_BYTES_LIMIT) {
    throw new EigendeskError('TEXTS_TOO_LONG', { field: name, value: length, limit: Math.round(bytes / 2 ** 20) })
  }
  const header = writeNpyHeader(`<U${length}`, shape)
  return {
    name: `${name}.npy`,
    bytes: header.length + bytes,
    pieces: (function* () {
      yield header
      for (let from = 0; from < texts.length; from += NAMES_A_PIECE) {
        const some = texts.slice(from, from + NAMES_A_PIECE)
        const view = new DataView(new ArrayBuffer(4 * length * some.length))
        some.forEach((text, i) =>
          pointsOf(text).forEach((point, j) => view.setUint32(4 * (i * length + j), point, true))
        )
        yield new Uint8Array(view.buffer)
      }
    })()
  }
}

export function numberEntry(name: string, { dtype, shape, data }: ResultArray): ZipEntry {
  const width = dtype === 'int32' ? 4 : 8
  const header = writeNpyHeader(dtype === 'int32' ? '<i4' : '<f8', shape)
  return {
    name: `${name}.npy`,
    bytes: header.length + width * data.length,
    pieces: (function* () {
      yield header
      for (let from = 0; from < data.length; from += VALUES_A_PIECE) {
        const some = data.subarray(from, from + VALUES_A_PIECE)
        const view = new DataView(new ArrayBuffer(width * some.length))
        some.forEach((value, i) => {
          if (dtype === 'int32') view.setInt32(4 * i, value, true)
          else view.setFloat64(8 * i, value, true)
        })
        yield new Uint8Array(view.buffer)
      }
    })()
  }
}
