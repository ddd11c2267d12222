import { parseArgs, type ParseArgsConfig } from 'node:util'
import Papa from 'papaparse'
import { EigendeskError } from '../contract/errors.ts'

type Options = NonNullable<ParseArgsConfig['options']>

/** The words of a command: a file, if there is one, and its options.
 * @throws USAGE */
export function readWords<O extends Options>(words: string[], options: O) {
  try {
    const parsed = parseArgs({ args: words, options, allowPositionals: true, strict: true, allowNegative: false })
    const [file, ...rest] = parsed.positionals
    if (rest.length > 0) throw new Error(`One file at a time: "${rest.join(' ')}" is too much.`)
    return { file, values: parsed.values }
  } catch (thrown) {
    throw new EigendeskError('USAGE', { reason: thrown instanceof Error ? thrown.message : String(thrown) })
  }
}

/** The same of a command that needs its file.
 * @throws USAGE */
export function readArguments<O extends Options>(words: string[], options: O) {
  const { file, values } = readWords(words, options)
  if (file === undefined) throw new EigendeskError('USAGE', { reason: 'A file is missing.' })
  return { file, values }
}

/** The options of a command that reads no file but those it names.
 * @throws USAGE */
export function readOptions<O extends Options>(words: string[], options: O) {
  const { file, values } = readWords(words, options)
  if (file !== undefined) throw new EigendeskError('USAGE', { reason: `"${file}" is too much: no file is read.` })
  return values
}

/** A number given as an option; undefined where it was not given. The range is the spec's business.
 * @throws USAGE */
export function numberOption(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const value = Number(text)
  if (text.trim() === '' || Number.isNaN(value)) {
    throw new EigendeskError('USAGE', { reason: `--${name} ${text} is not a number.` })
  }
  return value
}

/** One of a few words. @throws USAGE */
export function choiceOption<T extends string>(
  name: string,
  text: string | undefined,
  allowed: readonly T[]
): T | undefined {
  if (text === undefined) return undefined
  const found = allowed.find((word) => word === text)
  if (found === undefined)
    throw new EigendeskError('USAGE', { reason: `--${name} ${text}: allowed are ${allowed.join(', ')}.` })
  return found
}

/** Column names as one CSV line: `a,b` or `"a, with comma",b`. */
export function nameList(text: string | undefined): string[] | undefined {
  if (text === undefined) return undefined
  return Papa.parse<string[]>(text, { delimiter: ',' }).data[0]?.map((name) => name.trim()) ?? []
}

/** Drops the keys that were not given, so that the spec's defaults stand. */
export function given(options: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
}
