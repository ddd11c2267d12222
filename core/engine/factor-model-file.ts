import { basename } from 'node:path'
import { factorModelHeadSchema, type FactorModelHead } from '../contract/factor-model.ts'
import { knowCarried } from '../export/factors/carried-model.ts'
import type { KnownModel } from '../analyses/factorization/recommending/known-model.ts'
import { checkModel, readModelFile } from './model-file.ts'

/** A model of users and items from its file, JSON or NPZ.
 * @throws FILE_NOT_FOUND and the like | FILE_CORRUPT | MODEL_INVALID saying what is wrong */
export function readFactorModel(path: string): { head: FactorModelHead; known: KnownModel } {
  const file = basename(path)
  const { head: given, names, arrays } = readModelFile(path, ['users', 'items'])
  const head = checkModel(factorModelHeadSchema, given, file)
  return { head, known: knowCarried({ head, users: names['users']!, items: names['items']!, arrays }, file) }
}
