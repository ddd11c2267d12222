import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { ResultArray } from '../contract/analysis.ts'
import { EigendeskError, fromSystemError } from '../contract/errors.ts'
import { factorModelHeadSchema, factorModelSchema, type FactorModelHead } from '../contract/factor-model.ts'
import { knowCarried, type CarriedModel } from '../export/factors/carried-model.ts'
import type { KnownModel } from '../analyses/factorization/recommending/known-model.ts'
import { npyValues, readNpyHeader } from '../formats/npy.ts'
import { listZip, openZipEntry } from '../formats/read-zip.ts'
import type { RandomAccess } from '../formats/typed-table.ts'
import { unpacking } from './open-typed.ts'
import { openRandomAccess } from './random-access.ts'

/** A model of users and items from its file, JSON or NPZ, told by its first bytes.
 * @throws FILE_NOT_FOUND and the like | FILE_CORRUPT | MODEL_INVALID saying what is wrong */
export function readFactorModel(path: string): { head: FactorModelHead; known: KnownModel } {
  const { file, close } = openRandomAccess(path)
  try {
    const isZip = Buffer.from(file.read(0, 2)).toString('latin1') === 'PK'
    const carried = isZip ? readNpz(file) : readJson(path)
    return { head: carried.head, known: knowCarried(carried, file.name) }
  } finally {
    close()
  }
}

function invalid(file: string, reason: string): EigendeskError {
  return new EigendeskError('MODEL_INVALID', { file, reason })
}

function readJson(path: string): CarriedModel {
  const file = basename(path)
  let given: unknown
  try {
    given = JSON.parse(readFileSync(path, 'utf8'))
  } catch (thrown) {
    if (thrown instanceof SyntaxError) throw invalid(file, 'it is no JSON')
    throw fromSystemError(thrown, file)
  }
  const parsed = factorModelSchema.safeParse(given)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw invalid(file, `${issue!.path.join('.')}: ${issue!.message}`)
  }
  const { users, items, arrays } = parsed.data
  const typed = Object.entries(arrays).map(([name, { dtype, shape, data }]): [string, ResultArray] => [
    name,
    dtype === 'int32' ? { dtype, shape, data: Int32Array.from(data) } : { dtype, shape, data: Float64Array.from(data) }
  ])
  return { head: factorModelHeadSchema.parse(parsed.data), users, items, arrays: Object.fromEntries(typed) }
}

function readNpz(file: RandomAccess): CarriedModel {
  const entries = new Map(
    listZip(file).map((listing) => [listing.name.replace(/\.npy$/, ''), openZipEntry(file, listing, unpacking)])
  )
  const entry = (name: string): RandomAccess => {
    const found = entries.get(name)
    if (!found) throw invalid(file.name, `it has no array "${name}"`)
    return found
  }
  let about: unknown
  try {
    about = JSON.parse(readTexts(entry('about'))[0] ?? '')
  } catch (thrown) {
    if (thrown instanceof EigendeskError) throw thrown
    throw invalid(file.name, 'what it says about itself is no JSON')
  }
  const head = factorModelHeadSchema.safeParse(about)
  if (!head.success) throw invalid(file.name, head.error.issues[0]!.path.join('.'))
  const [users, items] = [readTexts(entry('users')), readTexts(entry('items'))]
  const numbers = [...entries.keys()].filter((name) => !['about', 'users', 'items'].includes(name))
  return {
    head: head.data,
    users,
    items,
    arrays: Object.fromEntries(numbers.map((name) => [name, readNumbers(entry(name))]))
  }
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
  const { dtype, shape } = header
  const length = shape.reduce((product, n) => product * n, 1)
  const bytes = entry.read(dataAt, entry.bytes)
  const values = npyValues(entry.name, dtype)
  if (bytes.length !== length * values.bytes) throw invalid(entry.name, 'it ends early')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const read = (_: unknown, i: number): number => Number(values.read(view, i * values.bytes))
  return dtype === '<i4'
    ? { dtype: 'int32', shape, data: Int32Array.from({ length }, read) }
    : { dtype: 'float64', shape, data: Float64Array.from({ length }, read) }
}
