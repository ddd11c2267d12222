// Orders of the entries of columns, each equally likely, and samples of rows. Every column and every sample has a generator of
// its own, so that what comes out does not depend on which thread takes which. The ignored lines: TypeScript knows no decorator
// of a function.
import { address, get, integer, put } from './memory'

let s0: u32 = 0
let s1: u32 = 0
let s2: u32 = 0
let s3: u32 = 0

/** Next 32 bits of xoshiro128**, as in linalg/random.ts. */
// @ts-ignore: decorator
@inline
function next(): u32 {
  const drawn = rotl<u32>(s1 * 5, 7) * 9
  const shifted = s1 << 9
  s2 ^= s0
  s3 ^= s1
  s1 ^= s2
  s0 ^= s3
  s2 ^= shifted
  s3 = rotl<u32>(s3, 11)
  return drawn
}

/** Uniform in 0 … below − 1, without bias. Source: Lemire, "Fast random integer generation in an interval", ACM TOMACS 29
 * (2019), algorithm 5. */
// @ts-ignore: decorator
@inline
function below(limit: u32): u32 {
  let product = <u64>next() * <u64>limit
  if (<u32>product < limit) {
    const least: u32 = (<u32>0 - limit) % limit
    while (<u32>product < least) product = <u64>next() * <u64>limit
  }
  return <u32>(product >> 32)
}

// @ts-ignore: decorator
@inline
function wake(state: usize): void {
  s0 = load<u32>(state)
  s1 = load<u32>(state, 4)
  s2 = load<u32>(state, 8)
  s3 = load<u32>(state, 12)
}

// @ts-ignore: decorator
@inline
function rest(state: usize): void {
  store<u32>(state, s0)
  store<u32>(state, s1, 4)
  store<u32>(state, s2, 8)
  store<u32>(state, s3, 12)
}

const COLUMNS: i32 = 0
const DRAWS: i32 = 1

/** Arguments: n, the columns or counts (n each, one after the other), the states (four words each), which are left where the
 * task ended. COLUMNS: task t shuffles column t, n doubles, in place. Source: Durstenfeld, "Algorithm 235", CACM 7 (1964).
 * DRAWS: task t draws n of n rows with replacement and leaves how often each came, n 32-bit integers. */
export function shuffleTask(member: i32, args: usize, task: i32, _thread: i32): void {
  const n = integer(args, 0)
  const state = address(args, 2) + (<usize>task << 4)
  if (member == COLUMNS) {
    const column = address(args, 1) + ((<usize>task * <usize>n) << 3)
    wake(state)
    for (let last = n - 1; last > 0; last--) {
      const a = column + (<usize>last << 3)
      const b = column + (<usize>below(last + 1) << 3)
      const kept = get(a)
      put(a, get(b))
      put(b, kept)
    }
    rest(state)
  } else if (member == DRAWS) {
    const counts = address(args, 1) + ((<usize>task * <usize>n) << 2)
    memory.fill(counts, 0, <usize>n << 2)
    wake(state)
    for (let drawn = 0; drawn < n; drawn++) {
      const at = counts + (<usize>below(n) << 2)
      store<i32>(at, load<i32>(at) + 1)
    }
    rest(state)
  } else unreachable()
}
