import { basename, dirname, extname, join } from 'node:path'
import type { KnownModel } from '../analyses/factorization/recommending/known-model.ts'
import { listUsers } from '../analyses/factorization/recommending/lists.ts'
import { EigendeskError } from '../contract/errors.ts'
import { factorModelJsonSchema, type FactorModelHead } from '../contract/factor-model.ts'
import { carryModel, howToScore, type CarriedModel } from '../export/factors/carried-model.ts'
import { writeLibmf } from '../export/factors/libmf.ts'
import { writeListsCsv, writeListsJson, writeListsNpz } from '../export/factors/lists.ts'
import { writeModelJson } from '../export/model-file/json.ts'
import { writeModelNpz } from '../export/model-file/npz.ts'
import { predictPairs, type UnknownRows } from '../export/factors/predictions.ts'
import { factorsPython } from '../export/script/factors-python.ts'
import type { CarryTask } from './carry-request.ts'
import { deflated, storedAsIs, storedSource, watchSource, writeSource } from './export-task.ts'
import { readKnownModel } from './read-known-model.ts'
import { reading, type SessionReader } from './session-reader.ts'
import type { TaskOutside } from './task-outside.ts'
import { writeWhole } from './write-whole.ts'

type Part<K extends CarryTask['what']['kind']> = Extract<CarryTask['what'], { kind: K }>

/** Writes a factorization, or what follows from it, to a file, whole or not at all.
 * @throws CANCELLED | FILE_NOT_WRITABLE | NO_FACTORS | INVALID_CALL | what the format refuses */
export function carryAway(
  { path, model, head, what }: CarryTask,
  outside: TaskOutside
): { bytes: number; unknown?: UnknownRows } {
  return reading(outside, (reader) => {
    const { known, arrays } = readKnownModel(model, reader, outside)
    const summary = model.result.summary as { globalMean: number }
    switch (what.kind) {
      case 'model': {
        const complete: FactorModelHead = {
          ...head,
          method: known.params.method,
          howToScore: howToScore[known.params.method],
          globalMean: summary.globalMean,
          deviation: known.deviation,
          ratingRange: known.clip === null ? null : [known.clip[0], known.clip[1]]
        }
        return { bytes: writeModel(path, what, known, carryModel(known, complete, arrays), outside) }
      }
      case 'lists':
        return { bytes: writeLists(path, what, known, head.name, outside) }
      case 'predictions':
        return writePredictions(path, what, known, reader, outside)
    }
  })
}

function writeModel(
  path: string,
  { format }: Part<'model'>,
  known: KnownModel,
  carried: CarriedModel,
  outside: TaskOutside
): number {
  const { head, users, items, arrays } = carried
  const model = { head, names: { users, items }, arrays }
  if (format === 'json') return writeWhole(path, watched(writeModelJson(model, factorModelJsonSchema()), outside))
  if (format === 'npz') return writeWhole(path, watched(writeModelNpz(model, deflated), outside))
  if (format === 'libmf') return writeWhole(path, watched(writeLibmf(known), outside))
  const beside = join(dirname(path), `${basename(path, extname(path))}-model.npz`)
  const bytes = writeWhole(beside, watched(writeModelNpz(model, deflated), outside))
  return bytes + writeWhole(path, [factorsPython(known, head, basename(beside))])
}

function writeLists(path: string, what: Part<'lists'>, known: KnownModel, name: string, outside: TaskOutside): number {
  const { users, n, filter, format, choices } = what
  const outOf = known.users.length
  const wanted = users === 'all' ? null : Int32Array.from(users)
  const missing = wanted?.find((user) => user >= outOf)
  if (missing !== undefined) throw new EigendeskError('INVALID_CALL', { reason: `user ${missing} of ${outOf}` })
  const count = wanted?.length ?? outOf
  const counted = function* () {
    let done = 0
    for (const list of listUsers(known, wanted, n, filter, outside.checkpoint)) {
      yield list
      if (++done % 256 === 0) outside.post({ type: 'progress', phase: 'Writing', fraction: 0.1 + (0.9 * done) / count })
    }
  }
  if (format === 'json') {
    const about = { model: name, method: known.params.method, n, seen: filter.seen }
    return writeWhole(path, writeListsJson(known, counted(), about))
  }
  const tools = choices.compress ? deflated : storedAsIs
  if (format === 'npz') return writeWhole(path, writeListsNpz(known, counted(), [count, n], tools))
  const own = format === 'tsv' ? { ...choices, delimiter: '\t' as const } : choices
  return writeWhole(path, writeListsCsv(known, counted(), own))
}

function writePredictions(
  path: string,
  { format, choices, stored, user, item }: Part<'predictions'>,
  known: KnownModel,
  reader: SessionReader,
  outside: TaskOutside
): { bytes: number; unknown: UnknownRows } {
  const unknown = { users: 0, items: 0 }
  const source = predictPairs(storedSource(stored, reader), known, { user, item }, unknown)
  return { bytes: writeSource(path, format, choices, watchSource(source, outside)), unknown }
}

/** Pieces, between which it is looked whether somebody asked to stop. */
export function* watched<T>(pieces: Iterable<T>, { checkpoint }: TaskOutside): Generator<T> {
  for (const piece of pieces) {
    checkpoint()
    yield piece
  }
}
