import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { PART } from '../../../../core/analyses/factorization/judging/parts.ts'
import { chooseParts, type SplitCells } from '../../../../core/analyses/factorization/judging/splits.ts'
import { splitKindSchema, type SplitKind } from '../../../../core/analyses/factorization/judgement.ts'
import { separate } from '../../../../core/analyses/factorization/split.ts'
import { SeededRandom } from '../../../../core/linalg/random.ts'

const N_USERS = 6

/** Ratings of up to six users, with times of which many are equal and some are not known. */
const drawn = fc
  .array(
    fc.record({
      user: fc.nat(N_USERS - 1),
      time: fc.oneof({ weight: 5, arbitrary: fc.nat(8) }, { weight: 1, arbitrary: fc.constant(NaN) })
    }),
    { minLength: 1, maxLength: 40 }
  )
  .map((rows): SplitCells & { times: Float64Array } => ({
    userIndex: Int32Array.from(rows, ({ user }) => user),
    times: Float64Array.from(rows, ({ time }) => time)
  }))
const share = fc.double({ min: 0, max: 0.9, noNaN: true })
const kind = fc.constantFrom(...splitKindSchema.options)
const split = (which: SplitKind, cells: SplitCells, fraction: number, seed = 3) =>
  chooseParts(which, cells, N_USERS, fraction, new SeededRandom(seed)).parts

const placesOf = (parts: Uint8Array, part: number): number[] => [...parts.keys()].filter((t) => parts[t] === part)
const moment = (time: number): number => (Number.isNaN(time) ? -Infinity : time)

describe('every split', () => {
  test('is a partition that leaves something to fit to, the same for the same seed', () => {
    fc.assert(
      fc.property(kind, drawn, share, fc.nat(1000), (which, cells, fraction, seed) => {
        const parts = split(which, cells, fraction, seed)
        const places = Int32Array.from(cells.userIndex.keys())
        const whole = { userIndex: cells.userIndex, itemIndex: places, values: Float64Array.from(places) }
        const { train, test: held, given } = separate(whole, parts)
        const joined = [train, held, given].flatMap((part) => (part === null ? [] : [...part.itemIndex]))
        expect(joined.sort((a, b) => a - b)).toEqual([...places])
        const users = new Set(cells.userIndex)
        if (which !== 'strong' || users.size === N_USERS) expect(train.values.length).toBeGreaterThan(0)
        if (which !== 'strong') expect(given).toBeNull()
        expect(split(which, cells, fraction, seed)).toEqual(parts)
      }),
      { numRuns: 300, seed: 61 }
    )
  })
})

test('of each user takes round(share · n), never all', () => {
  fc.assert(
    fc.property(drawn, share, (cells, fraction) => {
      const parts = split('perUser', cells, fraction)
      for (const user of new Set(cells.userIndex)) {
        const own = [...cells.userIndex.keys()].filter((t) => cells.userIndex[t] === user)
        const held = own.filter((t) => parts[t] === PART.test).length
        expect(held).toBe(Math.min(own.length - 1, Math.round(fraction * own.length)))
      }
    }),
    { numRuns: 100, seed: 62 }
  )
})

test('the last of each user is the newest, of equal times the last in the table', () => {
  fc.assert(
    fc.property(drawn, (cells) => {
      const parts = split('leaveLast', cells, 0)
      for (const user of new Set(cells.userIndex)) {
        const own = [...cells.userIndex.keys()].filter((t) => cells.userIndex[t] === user)
        // A stable sort keeps the order of the table among equal times.
        const byTime = own.toSorted((a, b) => {
          const [early, late] = [moment(cells.times[a]!), moment(cells.times[b]!)]
          return early === late ? 0 : early - late
        })
        expect(own.filter((t) => parts[t] === PART.test)).toEqual(own.length < 2 ? [] : byTime.slice(-1))
      }
    }),
    { numRuns: 200, seed: 63 }
  )
})

test('the latest of all are not older than any that are fitted, and as many as asked for', () => {
  fc.assert(
    fc.property(drawn, share, (cells, fraction) => {
      const parts = split('time', cells, fraction)
      const held = placesOf(parts, PART.test)
      const count = parts.length
      expect(held.length).toBe(Math.min(count - 1, Math.round(fraction * count)))
      const newestTrain = Math.max(...placesOf(parts, PART.train).map((t) => moment(cells.times[t]!)))
      for (const t of held) expect(moment(cells.times[t]!)).toBeGreaterThanOrEqual(newestTrain)
      // Of those at the limit the last in the table are taken.
      const atLimit = [...parts.keys()].filter((t) => moment(cells.times[t]!) === newestTrain)
      const firstHeld = atLimit.findIndex((t) => parts[t] === PART.test)
      if (firstHeld >= 0) for (const t of atLimit.slice(firstHeld)) expect(parts[t]).toBe(PART.test)
    }),
    { numRuns: 200, seed: 64 }
  )
})

test('whole users: no rating of a held-out user is fitted to; a fifth of theirs is asked for', () => {
  fc.assert(
    fc.property(drawn, fc.double({ min: 0.01, max: 0.9, noNaN: true }), (cells, fraction) => {
      const parts = split('strong', cells, fraction)
      const heldOut = new Set(placesOf(parts, PART.given).map((t) => cells.userIndex[t]!))
      for (const t of placesOf(parts, PART.test)) expect(heldOut).toContain(cells.userIndex[t])
      for (const t of placesOf(parts, PART.train)) expect(heldOut).not.toContain(cells.userIndex[t])
      for (const user of heldOut) {
        const own = [...cells.userIndex.keys()].filter((t) => cells.userIndex[t] === user)
        const asked = own.filter((t) => parts[t] === PART.test).length
        expect(asked).toBe(Math.min(own.length - 1, Math.max(1, Math.round(0.2 * own.length))))
      }
    }),
    { numRuns: 200, seed: 65 }
  )
})

test('whole users: the share is of the users', () => {
  const cells = { userIndex: Int32Array.from({ length: 60 }, (_, t) => t % N_USERS), times: null }
  const users = (fraction: number) =>
    new Set(placesOf(split('strong', cells, fraction), PART.given).map((t) => cells.userIndex[t])).size
  expect([0, 0.01, 0.5, 0.9].map(users)).toEqual([0, 1, 3, 5])
})

describe('without times', () => {
  const cells = { userIndex: Int32Array.from([0, 1, 0, 1, 2]), times: null }

  test('the order of the table stands for them, which is said', () => {
    const last = chooseParts('leaveLast', cells, N_USERS, 0.2, new SeededRandom(1))
    expect([...last.parts]).toEqual([0, 0, 1, 1, 0])
    expect(last.notes.join()).toContain('no column of times')
    const latest = chooseParts('time', cells, N_USERS, 0.4, new SeededRandom(1))
    expect([...latest.parts]).toEqual([0, 0, 0, 1, 1])
    expect(latest.notes.join()).toContain('no column of times')
  })

  test('unknown times are counted', () => {
    const { notes } = chooseParts(
      'time',
      { ...cells, times: Float64Array.of(1, NaN, 2, 3, 4) },
      3,
      0.4,
      new SeededRandom(1)
    )
    expect(notes).toEqual(['1 rating has no time and counts as the oldest.'])
  })
})
