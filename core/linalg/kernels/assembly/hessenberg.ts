// Reflections and rotations of a few neighbouring rows or columns, as a QR sweep over a Hessenberg matrix applies them.
import { get, put } from './memory'

/** (x, y, z) ← (I − τ·u·uᵀ)·(x, y, z) for three rows of n entries and u = (1, u2, u3). */
export function reflectThreeRows(n: i32, x: usize, y: usize, z: usize, tau: f64, u2: f64, u3: f64): void {
  const t1 = f64x2.splat(tau)
  const t2 = f64x2.splat(tau * u2)
  const t3 = f64x2.splat(tau * u3)
  const v2 = f64x2.splat(u2)
  const v3 = f64x2.splat(u3)
  let i = 0
  for (; i + 2 <= n; i += 2) {
    const xv = v128.load(x)
    const yv = v128.load(y)
    const zv = v128.load(z)
    const sum = f64x2.relaxed_madd(v3, zv, f64x2.relaxed_madd(v2, yv, xv))
    v128.store(x, f64x2.relaxed_nmadd(t1, sum, xv))
    v128.store(y, f64x2.relaxed_nmadd(t2, sum, yv))
    v128.store(z, f64x2.relaxed_nmadd(t3, sum, zv))
    x += 16
    y += 16
    z += 16
  }
  if (i < n) {
    const sum = get(x) + u2 * get(y) + u3 * get(z)
    put(x, get(x) - tau * sum)
    put(y, get(y) - tau * u2 * sum)
    put(z, get(z) - tau * u3 * sum)
  }
}

/** The same from the right, for three neighbouring columns of n rows that lie lda apart. */
export function reflectThreeColumns(n: i32, at: usize, lda: i32, tau: f64, u2: f64, u3: f64): void {
  const t2 = tau * u2
  const t3 = tau * u3
  const step = <usize>lda << 3
  for (let i = 0; i < n; i++) {
    const x = load<f64>(at)
    const y = load<f64>(at, 8)
    const z = load<f64>(at, 16)
    const sum = x + u2 * y + u3 * z
    store<f64>(at, x - tau * sum)
    store<f64>(at, y - t2 * sum, 8)
    store<f64>(at, z - t3 * sum, 16)
    at += step
  }
}

/** (x, y) ← (c·x + s·y, c·y − s·x) for two neighbouring columns of n rows that lie lda apart. */
export function rotateColumns(n: i32, at: usize, lda: i32, c: f64, s: f64): void {
  const step = <usize>lda << 3
  for (let i = 0; i < n; i++) {
    const x = load<f64>(at)
    const y = load<f64>(at, 8)
    store<f64>(at, c * x + s * y)
    store<f64>(at, c * y - s * x, 8)
    at += step
  }
}
