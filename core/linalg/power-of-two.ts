const bits = new DataView(new ArrayBuffer(8))

/** The e with 2^e ≤ |x| < 2^(e+1), exact for subnormals too.
 * @param x finite and not 0 */
export function exponentOf(x: number): number {
  bits.setFloat64(0, x)
  const biased = (bits.getUint32(0) >>> 20) & 0x7ff
  if (biased > 0) return biased - 1023
  // 2^54 lifts every subnormal into the normal range without rounding.
  return exponentOf(x * 18014398509481984) - 54
}

/** The exponent of a number, 0 for 0. */
export const exponentOrZero = (x: number): number => (x === 0 ? 0 : exponentOf(x))

/** x · 2^e, exact unless the result leaves the range of doubles; e may exceed the range of a single factor. */
export function timesPowerOfTwo(x: number, e: number): number {
  const most = 1000
  while (e > most) {
    x *= 2 ** most
    e -= most
  }
  while (e < -most) {
    x *= 2 ** -most
    e += most
  }
  return x * 2 ** e
}

/** Two doubles, to be multiplied by one after the other, which is to multiply by 2^e; |e| ≤ 2000. */
export function factorsOf(e: number): [number, number] {
  const first = Math.max(-1000, Math.min(1000, e))
  return [2 ** first, 2 ** (e - first)]
}

/** Multiplies every entry by 2^e, in place. */
export function scaleArray(x: Float64Array, e: number): void {
  if (e === 0) return
  const single = Math.abs(e) <= 1000
  const factor = single ? 2 ** e : 1
  for (let i = 0; i < x.length; i++) x[i] = single ? x[i]! * factor : timesPowerOfTwo(x[i]!, e)
}
