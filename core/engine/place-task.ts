import { columnsRead } from '../analyses/svd/params.ts'
import { placeRows } from '../analyses/svd/place.ts'
import type { PlacedRows } from '../contract/svd-calls.ts'
import type { Watch } from '../linalg/watch.ts'
import type { PlaceTask } from './look-request.ts'
import type { SessionReader } from './session-reader.ts'
import { readSvdModel } from './svd-model-file.ts'

/** Places the rows of a dataset with a model from its file; of its columns those are read that the model names. */
export function placeTable(
  { path, table }: PlaceTask,
  reader: SessionReader,
  watch: Watch
): { model: string; placed: PlacedRows } {
  const model = readSvdModel(path)
  const needed = new Set(columnsRead(model.params))
  const columns = table.columns.filter(({ name }) => needed.has(name)).map((column) => reader.column(column))
  return { model: model.name, placed: placeRows({ ...table, columns }, model, watch) }
}
