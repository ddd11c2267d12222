/** An address in the memory of the kernels, in bytes. */
export type Address = number

/** What kernels.wasm of this room offers. */
export interface TableKernels {
  /** assembly/lane.ts. @param comment 256: none @param quote 0: none
   * @param skips u32 before each column and behind the last; the highest bit says a column of text */
  setLane: (
    delimiter: number,
    newline: number,
    point: number,
    comment: number,
    quote: number,
    mayBePlain: number,
    columns: number,
    skips: Address,
    tables: Address
  ) => void
  readRows: (
    block: Address,
    from: number,
    to: number,
    values: Address,
    capacity: number,
    lineOf: Address,
    decimals: Address,
    spans: Address,
    texts: Address,
    scratch: Address,
    marks: Address
  ) => void
  rows: WebAssembly.Global
  lines: WebAssembly.Global
  end: WebAssembly.Global
  characters: WebAssembly.Global
  /** assembly/columns.ts */
  copyNumbers: (n: number, from: Address, to: Address) => void
  measure: (n: number, at: Address) => void
  least: WebAssembly.Global
  most: WebAssembly.Global
  sum: WebAssembly.Global
  sumSquares: (n: number, at: Address, mean: number) => number
  countInBins: (n: number, at: Address, bins: number, low: number, perUnit: number, counts: Address) => void
}

/** What the lane asks of the outside, by places in its block. */
export interface LaneImports {
  readHard: (start: number, isLast: number) => number
  hardValue: () => number
  hardDecimals: () => number
  skipField: (start: number) => number
  readWord: (start: number) => number
}
