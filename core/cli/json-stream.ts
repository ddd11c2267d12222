import type { ResultArray } from '../contract/analysis.ts'

/** Characters gathered before they are written out. */
const WRITE_CHARACTERS = 1 << 16

/** A value of the printed object: small JSON, a matrix given row by row, a vector, or an object of such values. */
export type Printable =
  { json: unknown } | { array: ResultArray } | { numbers: ArrayLike<number> } | { object: [string, Printable][] }

/** Writes one JSON object piece by piece: a million rows of scores never stand in one string. */
export function writeJsonObject(entries: [string, Printable][], write: (text: string) => void): void {
  let pending = ''
  const put = (text: string): void => {
    pending += text
    if (pending.length < WRITE_CHARACTERS) return
    write(pending)
    pending = ''
  }
  putObject(entries, put)
  put('\n')
  write(pending)
}

function putObject(entries: [string, Printable][], put: (text: string) => void): void {
  put('{')
  entries.forEach(([key, value], i) => {
    put(`${i === 0 ? '' : ','}${JSON.stringify(key)}:`)
    if ('json' in value) put(JSON.stringify(value.json))
    else if ('numbers' in value) putRow(value.numbers, 0, value.numbers.length, put)
    else if ('object' in value) putObject(value.object, put)
    else putArray(value.array, put)
  })
  put('}')
}

function putArray(array: ResultArray, put: (text: string) => void): void {
  const [rows = 0, width] = array.shape
  if (width === undefined) return putRow(array.data, 0, array.data.length, put)
  put('[')
  for (let i = 0; i < rows; i++) {
    if (i > 0) put(',')
    putRow(array.data, i * width, (i + 1) * width, put)
  }
  put(']')
}

function putRow(data: ArrayLike<number>, from: number, to: number, put: (text: string) => void): void {
  let text = '['
  // JSON has no NaN; a result never holds one, and null says so if it ever should. −0 is written as 0.
  for (let i = from; i < to; i++)
    text += (i > from ? ',' : '') + (Number.isFinite(data[i]) ? String(data[i]! + 0) : 'null')
  put(text + ']')
}
