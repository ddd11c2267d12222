/** Powers of ten that a double holds exactly. */
export const POWERS_OF_TEN = Float64Array.from({ length: 23 }, (_, i) => Number(`1e${i}`))

/** Splits a double in two halves of 26 bits (Veltkamp). */
const SPLITTER = 2 ** 27 + 1
/** More than the relative error of the correction below, 3·2⁻⁵³. */
const DOUBT = 2 ** -48

/** The double nearest to (head·10^tailDigits + tail) / 10^decimals, or NaN where rounding is too close to call.
 *
 * The integer is held exactly as a sum of two doubles, divided, and the quotient corrected by the exact remainder: the
 * correction is known to 3·2⁻⁵³ of itself, so a result that moving it by more does not change is the nearest double.
 * @param head an integer below 10^15
 * @param tail an integer below 10^tailDigits
 * @param tailDigits at most 4
 * @param decimals at most 22
 * Source: Dekker, Numerische Mathematik 18 (1971) 224, for the exact product; Clinger, PLDI 1990, for the rest. */
export function divideByPowerOfTen(head: number, tail: number, tailDigits: number, decimals: number): number {
  const shift = POWERS_OF_TEN[tailDigits]!
  const product = head * shift
  const low = errorOfProduct(head, shift, product) + tail
  const high = product + low
  const rest = low - (high - product)
  const divisor = POWERS_OF_TEN[decimals]!
  const quotient = high / divisor
  const back = quotient * divisor
  const remainder = high - back - errorOfProduct(quotient, divisor, back) + rest
  const correction = remainder / divisor
  const nearest = quotient + correction * (1 - DOUBT)
  return nearest === quotient + correction * (1 + DOUBT) ? nearest : NaN
}

/** a·b − fl(a·b), exactly, where nothing overflows. */
function errorOfProduct(a: number, b: number, product: number): number {
  const aSplit = SPLITTER * a
  const aHigh = aSplit - (aSplit - a)
  const aLow = a - aHigh
  const bSplit = SPLITTER * b
  const bHigh = bSplit - (bSplit - b)
  const bLow = b - bHigh
  return aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow)
}
