// What is done with the numbers of one column of a chunk; n counts doubles, addresses are multiples of 8.

/** Copies n doubles that do not overlap. */
export function copyNumbers(n: i32, from: usize, to: usize): void {
  let i = 0
  for (; i + 8 <= n; i += 8) {
    const a = v128.load(from)
    const b = v128.load(from, 16)
    const c = v128.load(from, 32)
    const d = v128.load(from, 48)
    v128.store(to, a)
    v128.store(to, b, 16)
    v128.store(to, c, 32)
    v128.store(to, d, 48)
    from += 64
    to += 64
  }
  for (; i < n; i++) {
    store<f64>(to, load<f64>(from))
    from += 8
    to += 8
  }
}

/** What measure found: ±infinity where there is no number. */
export let least: f64 = 0
export let most: f64 = 0
export let sum: f64 = 0

/** The smallest and the largest number, NaN left out, and the sum of all in four sums side by side. */
export function measure(n: i32, at: usize): void {
  let low = f64x2.splat(Infinity)
  let high = f64x2.splat(-Infinity)
  let s = f64x2.splat(0)
  let t = f64x2.splat(0)
  let i = 0
  for (; i + 4 <= n; i += 4) {
    const a = v128.load(at)
    const b = v128.load(at, 16)
    low = f64x2.pmin(f64x2.pmin(low, a), b)
    high = f64x2.pmax(f64x2.pmax(high, a), b)
    s = f64x2.add(s, a)
    t = f64x2.add(t, b)
    at += 32
  }
  let first = f64x2.extract_lane(s, 0)
  let lowest = f64x2.extract_lane(low, 1) < f64x2.extract_lane(low, 0) ? f64x2.extract_lane(low, 1) : f64x2.extract_lane(low, 0)
  let highest = f64x2.extract_lane(high, 1) > f64x2.extract_lane(high, 0) ? f64x2.extract_lane(high, 1) : f64x2.extract_lane(high, 0)
  for (; i < n; i++) {
    const value = load<f64>(at)
    if (value < lowest) lowest = value
    if (value > highest) highest = value
    first += value
    at += 8
  }
  least = lowest
  most = highest
  sum = first + f64x2.extract_lane(s, 1) + (f64x2.extract_lane(t, 0) + f64x2.extract_lane(t, 1))
}

/** Σ (x − mean)², in the same four sums. */
export function sumSquares(n: i32, at: usize, mean: f64): f64 {
  const centre = f64x2.splat(mean)
  let s = f64x2.splat(0)
  let t = f64x2.splat(0)
  let i = 0
  for (; i + 4 <= n; i += 4) {
    const a = f64x2.sub(v128.load(at), centre)
    const b = f64x2.sub(v128.load(at, 16), centre)
    s = f64x2.add(s, f64x2.mul(a, a))
    t = f64x2.add(t, f64x2.mul(b, b))
    at += 32
  }
  let first = f64x2.extract_lane(s, 0)
  for (; i < n; i++) {
    const apart = load<f64>(at) - mean
    first += apart * apart
    at += 8
  }
  return first + f64x2.extract_lane(s, 1) + (f64x2.extract_lane(t, 0) + f64x2.extract_lane(t, 1))
}

/** Counts numbers in equal bins, (x − low)·perUnit rounded down being the bin, in two tables of u32 one behind the other, so
 * that two neighbours in one bin do not wait for each other. Every number lies within. */
export function countInBins(n: i32, at: usize, bins: i32, low: f64, perUnit: f64, counts: usize): void {
  const others = counts + (<usize>bins << 2)
  memory.fill(counts, 0, <usize>bins << 3)
  const from = f64x2.splat(low)
  const factor = f64x2.splat(perUnit)
  let i = 0
  for (; i + 2 <= n; i += 2) {
    const pair = i32x4.relaxed_trunc_f64x2_s_zero(f64x2.mul(f64x2.sub(v128.load(at), from), factor))
    const a = counts + (<usize>i32x4.extract_lane(pair, 0) << 2)
    const b = others + (<usize>i32x4.extract_lane(pair, 1) << 2)
    store<u32>(a, load<u32>(a) + 1)
    store<u32>(b, load<u32>(b) + 1)
    at += 16
  }
  if (i < n) {
    const a = counts + (<usize>(<i32>((load<f64>(at) - low) * perUnit)) << 2)
    store<u32>(a, load<u32>(a) + 1)
  }
  for (let at = counts; at < others; at += 4) store<u32>(at, load<u32>(at) + load<u32>(at + (others - counts)))
}
