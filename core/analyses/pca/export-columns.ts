import type { ExportTable } from '../../contract/analysis.ts'

export type Columns = ExportTable['columns']
/** Makes a table whose columns wait until they are asked for. */
export type Later = (name: string, label: string, make: () => Columns) => ExportTable

/** The list of tables costs nothing: columns are made when they are asked for. */
export const later: Later = (name, label, make) => {
  let columns: Columns | undefined
  return {
    name,
    label,
    get columns() {
      return (columns ??= make())
    }
  }
}

export const componentNames = (nComponents: number): string[] =>
  Array.from({ length: nComponents }, (_, k) => `PC${k + 1}`)

/** The columns of a matrix, row-major, under their names. */
export function spread(data: ArrayLike<number>, names: readonly string[]): Columns {
  const width = names.length
  const nRows = width === 0 ? 0 : data.length / width
  return names.map((name, k) => ({
    name,
    values: Float64Array.from({ length: nRows }, (_, i) => data[i * width + k]!)
  }))
}
