import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { z } from 'zod'
import type { ResultArray } from '../contract/analysis.ts'
import { EigendeskError, fromSystemError } from '../contract/errors.ts'
import { modelArraySchema } from '../contract/model-array.ts'
import type { ModelFile } from '../export/model-file/model-file.ts'
import { npyValues, readNpyHeader } from '../formats/npy.ts'
import { listZip, openZipEntry } from '../formats/read-zip.ts'
import type { RandomAccess } from '../formats/typed-table.ts'
import { unpacking } from './open-typed.ts'
import { openRandomAccess } from './random-access.ts'

const headSchema = z.record(z.string(), z.unknown())
const namesSchema = z.array(z.string())
const arraysSchema = z.record(z.string(), modelArraySchema)

/** A model from its file, JSON or NPZ, told by its first bytes. What it says of itself is not looked at.
 * @param lists the lists of names that it must have
 * @throws FILE_NOT_FOUND and the like | FILE_CORRUPT | MODEL_INVALID saying what is wrong */
export function readModelFile(path: string, lists: readonly string[]): ModelFile {
  const { file, close } = openRandomAccess(path)
  try {
    return isZip(file) ? readNpz(file, lists) : readJson(path, lists)
  } finally {
    close()
  }
}

/** What a model file says of itself.
 * @throws as readModelFile */
export function readModelHead(path: string): Record<string, unknown> {
  const { file, close } = openRandomAccess(path)
  try {
    return isZip(file) ? aboutOf(entriesOf(file), file.name) : parseJson(path)
  } finally {
    close()
  }
}

export function invalidModel(file: string, reason: string): EigendeskError {
  return new EigendeskError('MODEL_INVALID', { file, reason })
}

/** @throws MODEL_INVALID naming the first place that is not as it should be */
export function checkModel<T>(schema: z.ZodType<T>, given: unknown, file: string): T {
  const parsed = schema.safeParse(given)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw invalidModel(file, `${issue!.path.join('.')}: ${issue!.message}`)
}

const isZip = (file: RandomAccess): boolean => Buffer.from(file.read(0, 2)).toString('latin1') === 'PK'

function parseJson(path: string): Record<string, unknown> {
  const file = basename(path)
  try {
    return checkModel(headSchema, JSON.parse(readFileSync(path, 'utf8')), file)
  } catch (thrown) {
    if (thrown instanceof SyntaxError) throw invalidModel(file, 'it is no JSON')
    throw fromSystemError(thrown, file)
  }
}

function readJson(path: string, lists: readonly string[]): ModelFile {
  const file = basename(path)
  const { arrays: given, ...rest } = parseJson(path)
  const listed = z.object(Object.fromEntries(lists.map((name) => [name, namesSchema])))
  const names = checkModel(listed, rest, file)
  const head = Object.fromEntries(Object.entries(rest).filter(([name]) => !lists.includes(name)))
  const typed = Object.entries(checkModel(z.object({ arrays: arraysSchema }), { arrays: given }, file).arrays)
  const arrays = Object.fromEntries(
    typed.map(([name, { dtype, shape, data }]): [string, ResultArray] => [
      name,
      dtype === 'int32'
        ? { dtype, shape, data: Int32Array.from(data) }
        : { dtype, shape, data: Float64Array.from(data) }
    ])
  )
  return { head, names, arrays }
}

type Entries = Map<string, RandomAccess>

const entriesOf = (file: RandomAccess): Entries =>
  new Map(listZip(file).map((listing) => [listing.name.replace(/\.npy$/, ''), openZipEntry(file, listing, unpacking)]))

function entryOf(entries: Entries, name: string, file: string): RandomAccess {
  const found = entries.get(name)
  if (!found) throw invalidModel(file, `it has no array "${name}"`)
  return found
}

function aboutOf(entries: Entries, file: string): Record<string, unknown> {
  const [text = ''] = readTexts(entryOf(entries, 'about', file))
  try {
    return checkModel(headSchema, JSON.parse(text), file)
  } catch (thrown) {
    if (thrown instanceof EigendeskError) throw thrown
    throw invalidModel(file, 'what it says about itself is no JSON')
  }
}

function readNpz(file: RandomAccess, lists: readonly string[]): ModelFile {
  const entries = entriesOf(file)
  const head = aboutOf(entries, file.name)
  const names = Object.fromEntries(lists.map((name) => [name, readTexts(entryOf(entries, name, file.name))]))
  const numbers = [...entries.keys()].filter((name) => name !== 'about' && !lists.includes(name))
  const arrays = Object.fromEntries(numbers.map((name) => [name, readNumbers(entryOf(entries, name, file.name))]))
  return { head, names, arrays }
}

function readTexts(entry: RandomAccess): string[] {
  const { header, dataAt } = readNpyHeader(entry.name, entry.read)
  const values = npyValues(entry.name, header.dtype)
  const bytes = entry.read(dataAt, entry.bytes)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const count = header.shape.reduce((product, n) => product * n, 1)
  return Array.from({ length: count }, (_, i) => String(values.read(view, i * values.bytes)))
}

function readNumbers(entry: RandomAccess): ResultArray {
  const { header, dataAt } = readNpyHeader(entry.name, entry.read)
  const { dtype, shape, fortranOrder } = header
  if (fortranOrder && shape.length > 1)
    throw invalidModel(entry.name, 'its numbers stand column by column, not row by row')
  const length = shape.reduce((product, n) => product * n, 1)
  const bytes = entry.read(dataAt, entry.bytes)
  const values = npyValues(entry.name, dtype)
  if (bytes.length !== length * values.bytes) throw invalidModel(entry.name, 'it ends early')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const read = (_: unknown, i: number): number => Number(values.read(view, i * values.bytes))
  return dtype === '<i4'
    ? { dtype: 'int32', shape, data: Int32Array.from({ length }, read) }
    : { dtype: 'float64', shape, data: Float64Array.from({ length }, read) }
}
