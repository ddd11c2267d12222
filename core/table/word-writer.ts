import type { ColumnChoice, ColumnSummary } from '../contract/table.ts'
import type { CellReading, CellRules } from './cell.ts'
import { storageKind, type ColumnChunk } from './chunks.ts'
import { ColumnProfile, detach, fitsType } from './infer.ts'

/** The unfinished chunk of a column whose cells are kept as they are written (categories and booleans as codes of a
 * dictionary), and what is known of the column so far. */
export class WordWriter {
  readonly index: number
  readonly name: string
  readonly type: ColumnChoice['type']
  readonly keepsText: boolean
  readonly #chunkRows: number
  readonly #coding: boolean
  readonly #profile: ColumnProfile
  readonly #codes = new Map<string, number>()
  #coded = new Int32Array(0)
  #texts: (string | null)[] = []
  #large: { line: number; text: string } | null = null

  constructor({ index, name, type }: ColumnChoice, rules: CellRules, chunkRows: number) {
    this.index = index
    this.name = name
    this.type = type
    this.#chunkRows = chunkRows
    this.#coding = storageKind(type) === 'codes'
    this.keepsText = !this.#coding
    this.#profile = new ColumnProfile(rules, chunkRows)
  }

  /** Stores a cell at a place of the chunk. */
  take(text: string | undefined, at: number, line: number): CellReading {
    const reading = this.#profile.read(text)
    if (reading.kind === 'tooLarge') this.#large ??= { line, text: detach(text!) }
    const fits = fitsType(reading, this.type)
    if (this.#coding) {
      if (at >= this.#coded.length) this.#grow()
      this.#coded[at] = fits ? this.#codeOf(text!, reading) : -1
    } else this.#texts.push(fits ? text! : null)
    return reading
  }

  #codeOf(text: string, reading: CellReading): number {
    if (reading.code >= 0) return reading.code
    let code = this.#codes.get(text)
    if (code === undefined) {
      code = this.#codes.size
      this.#codes.set(detach(text), code)
    }
    reading.code = code
    return code
  }

  #grow(): void {
    const larger = new Int32Array(Math.min(this.#chunkRows, Math.max(64, 4 * this.#coded.length)))
    larger.set(this.#coded)
    this.#coded = larger
  }

  /** The first integer too large for a number, where the column is text on its account; null otherwise. */
  lostAsNumber(): { line: number; text: string } | null {
    return this.#large && this.#profile.losesDigits() ? this.#large : null
  }

  /** The chunk of the first n cells; the next one begins empty. */
  cut(n: number): ColumnChunk {
    if (this.#coding) return { kind: 'codes', codes: this.#coded.slice(0, n) }
    const values = this.#texts
    this.#texts = []
    return { kind: 'text', values }
  }

  /** Whether the type of the column is what its cells together would be taken for. */
  get isAsTyped(): boolean {
    return this.#profile.inferType() === this.type
  }

  summarize(): ColumnSummary {
    return this.#profile.summarize(this.name, this.type, this.index)
  }

  dictionary(): string[] | null {
    return this.#coding ? [...this.#codes.keys()] : null
  }
}
