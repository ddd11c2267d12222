import { basename } from 'node:path'
import type { SvdAxes } from '../analyses/svd/place.ts'
import { svdModelHeadSchema } from '../contract/svd-model.ts'
import { svdAxesOf } from '../export/svd/svd-model.ts'
import { checkModel, readModelFile } from './model-file.ts'

/** What rows are placed with, of a truncated SVD from its file, JSON or NPZ.
 * @throws FILE_NOT_FOUND and the like | FILE_CORRUPT | MODEL_INVALID saying what is wrong */
export function readSvdModel(path: string): SvdAxes {
  const file = basename(path)
  const { head, names, arrays } = readModelFile(path, ['rows', 'columns'])
  return svdAxesOf({ head: checkModel(svdModelHeadSchema, head, file), names, arrays }, file)
}
