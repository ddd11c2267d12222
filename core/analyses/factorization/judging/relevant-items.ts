import { groupRatings, pickCells, placesWhere, type GroupedRatings, type RatingCells } from '../cells.ts'

/** Which items each user's list should hold. */
export interface RelevantItems {
  /** users with at least one, ascending */
  users: Int32Array
  /** relevant items by user, all users: columns are items, each once */
  byUser: GroupedRatings
}

/** What a test set says is relevant: its items with a rating from `from` on (null: all) that are in the catalogue and that the
 * user does not have in training: what cannot be recommended is neither asked for nor held against anybody. Users without
 * one are not counted, nor are users who are unknown.
 * @param training by user */
export function findRelevant(
  test: RatingCells,
  training: GroupedRatings,
  nItems: number,
  from: number | null
): RelevantItems {
  const stamp = new Int32Array(nItems).fill(-1)
  const isCandidate = (t: number): boolean =>
    test.userIndex[t]! >= 0 && test.itemIndex[t]! >= 0 && (from === null || test.values[t]! >= from)
  const cells = pickCells(test, placesWhere(test.values.length, isCandidate))
  const candidates = groupRatings(cells.userIndex, cells.itemIndex, cells.values, training.nRows)
  const { offsets, columns, values } = candidates
  const kept = { offsets: new Int32Array(training.nRows + 1), columns: columns.slice(), values: values.slice() }
  const users: number[] = []
  let count = 0
  for (let user = 0; user < training.nRows; user++) {
    for (let t = training.offsets[user]!; t < training.offsets[user + 1]!; t++) stamp[training.columns[t]!] = user
    const before = count
    for (let t = offsets[user]!; t < offsets[user + 1]!; t++) {
      const item = columns[t]!
      if (stamp[item] === user) continue
      stamp[item] = user
      kept.columns[count] = item
      kept.values[count++] = values[t]!
    }
    kept.offsets[user + 1] = count
    if (count > before) users.push(user)
  }
  const byUser = {
    nRows: training.nRows,
    offsets: kept.offsets,
    columns: kept.columns.slice(0, count),
    values: kept.values.slice(0, count)
  }
  return { users: Int32Array.from(users), byUser }
}
