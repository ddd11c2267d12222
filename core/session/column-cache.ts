import type { ColumnData } from '../contract/table.ts'

/** Bytes of columns that are kept: a million rows of twenty are 160 MB. */
export const KEPT_BYTES = 256 * 2 ** 20

type Kept = Extract<ColumnData, { kind: 'number' | 'codes' }> | Int32Array

/** Columns read last, on shared memory: a dataset never changes, so they are what is stored for as long as they are kept. */
export class ColumnCache {
  readonly #kept = new Map<string, Kept>()
  #bytes = 0

  /** What is kept under a key, or else what read returns, kept from now on if there is room for it.
   * @param key names one column of one dataset, or its lines */
  get<T extends Kept>(key: string, read: () => T): T {
    const known = this.#kept.get(key) as T | undefined
    const column = known ?? read()
    if (known) this.#kept.delete(key)
    else this.#bytes += bytesOf(column)
    this.#kept.set(key, column)
    this.#makeRoom()
    return column
  }

  #makeRoom(): void {
    for (const [key, column] of this.#kept) {
      if (this.#bytes <= KEPT_BYTES) return
      this.#kept.delete(key)
      this.#bytes -= bytesOf(column)
    }
  }
}

const bytesOf = (column: Kept): number =>
  column instanceof Int32Array
    ? column.byteLength
    : column.kind === 'number'
      ? column.values.byteLength
      : column.codes.byteLength
