// What the processor can do at best with 128-bit vectors: multiply-adds that wait for nothing but each other.

/** n steps of twelve independent chains c ← a·b + c that stay in registers: 48·n flops. Twelve chains hide the latency of
 * the multiply-add and leave three of the fifteen registers V8 gives out. The factors and the first sums are read from
 * memory, and the sum of all is returned, so that nothing can be computed beforehand or left out.
 * @param at 28 doubles */
export function multiplyAddCeiling(n: i32, at: usize): f64 {
  const a = v128.load(at)
  const b = v128.load(at, 16)
  let c0 = v128.load(at, 32)
  let c1 = v128.load(at, 48)
  let c2 = v128.load(at, 64)
  let c3 = v128.load(at, 80)
  let c4 = v128.load(at, 96)
  let c5 = v128.load(at, 112)
  let c6 = v128.load(at, 128)
  let c7 = v128.load(at, 144)
  let c8 = v128.load(at, 160)
  let c9 = v128.load(at, 176)
  let c10 = v128.load(at, 192)
  let c11 = v128.load(at, 208)
  for (let i = 0; i < n; i++) {
    c0 = f64x2.relaxed_madd(a, b, c0)
    c1 = f64x2.relaxed_madd(a, b, c1)
    c2 = f64x2.relaxed_madd(a, b, c2)
    c3 = f64x2.relaxed_madd(a, b, c3)
    c4 = f64x2.relaxed_madd(a, b, c4)
    c5 = f64x2.relaxed_madd(a, b, c5)
    c6 = f64x2.relaxed_madd(a, b, c6)
    c7 = f64x2.relaxed_madd(a, b, c7)
    c8 = f64x2.relaxed_madd(a, b, c8)
    c9 = f64x2.relaxed_madd(a, b, c9)
    c10 = f64x2.relaxed_madd(a, b, c10)
    c11 = f64x2.relaxed_madd(a, b, c11)
  }
  const low = f64x2.add(f64x2.add(f64x2.add(c0, c1), f64x2.add(c2, c3)), f64x2.add(c4, c5))
  const high = f64x2.add(f64x2.add(f64x2.add(c6, c7), f64x2.add(c8, c9)), f64x2.add(c10, c11))
  const sum = f64x2.add(low, high)
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1)
}
