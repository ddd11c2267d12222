/** Words of a generator's state, drawn from one seed: splitmix32, that is a Weyl sequence with the golden gamma
 * through the 32-bit finalizer of MurmurHash3. Never all zero. Source: Steele, Lea & Flood, "Fast splittable
 * pseudorandom number generators", OOPSLA 2014 (the 64-bit original). */
function seedWords(seed: number): Uint32Array {
  const words = new Uint32Array(4)
  let weyl = seed >>> 0
  for (let k = 0; k < 4; k++) {
    weyl = (weyl + 0x9e3779b9) >>> 0
    let mixed = weyl ^ (weyl >>> 16)
    mixed = Math.imul(mixed, 0x85ebca6b)
    mixed ^= mixed >>> 13
    mixed = Math.imul(mixed, 0xc2b2ae35)
    words[k] = mixed ^ (mixed >>> 16)
  }
  return words
}

const rotateLeft = (word: number, bits: number): number => (word << bits) | (word >>> (32 - bits))

/** Next 32 bits of xoshiro128**, 0 … 2³² − 1; advances the four words of the state.
 * Source: Blackman & Vigna, "Scrambled linear pseudorandom number generators", ACM TOMS 47 (2021). */
export function nextXoshiro(state: Uint32Array): number {
  const second = state[1]!
  const drawn = Math.imul(rotateLeft(Math.imul(second, 5), 7), 9) >>> 0
  state[2]! ^= state[0]!
  state[3]! ^= second
  state[1]! ^= state[2]!
  state[0]! ^= state[3]!
  state[2]! ^= second << 9
  state[3] = rotateLeft(state[3]!, 11)
  return drawn
}

/** Random numbers from a seed; the same seed gives the same bits on every machine (integer arithmetic, plus
 * Math.log and Math.sqrt, which V8 computes the same everywhere). Not for secrets. */
export class SeededRandom {
  private readonly state: Uint32Array
  private spareNormal: number | null = null

  /** @param seed an integer 0 … 4294967295; only its low 32 bits count */
  constructor(seed: number) {
    this.state = seedWords(seed)
  }

  /** Uniform in [0, 1), a multiple of 2⁻⁵³. */
  uniform(): number {
    const high = nextXoshiro(this.state) >>> 5
    const low = nextXoshiro(this.state) >>> 6
    return (high * 67108864 + low) / 9007199254740992
  }

  /** Normal with mean 0 and variance 1. Source: Marsaglia & Bray, "A convenient method for generating normal
   * variables", SIAM Review 6 (1964): the polar method. */
  normal(): number {
    if (this.spareNormal !== null) {
      const spare = this.spareNormal
      this.spareNormal = null
      return spare
    }
    let first: number, second: number, square: number
    do {
      first = 2 * this.uniform() - 1
      second = 2 * this.uniform() - 1
      square = first * first + second * second
    } while (square >= 1 || square === 0)
    const stretch = Math.sqrt((-2 * Math.log(square)) / square)
    this.spareNormal = second * stretch
    return first * stretch
  }

  /** Gamma with the given shape and scale 1: half a χ² of 2·shape degrees of freedom.
   * @param shape above 0
   * Source: Marsaglia & Tsang, "A simple method for generating gamma variables", ACM TOMS 26 (2000) 3, §8 for shapes below 1. */
  gamma(shape: number): number {
    if (shape < 1) return this.gamma(shape + 1) * (1 - this.uniform()) ** (1 / shape)
    const d = shape - 1 / 3
    const c = 1 / Math.sqrt(9 * d)
    for (;;) {
      const x = this.normal()
      const v = (1 + c * x) ** 3
      if (v > 0 && Math.log(1 - this.uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v
    }
  }

  /** Uniform in 0 … below − 1, without bias: draws beyond the last full multiple of below are refused.
   * @param below an integer 1 … 4294967296 */
  integer(below: number): number {
    const limit = 4294967296 - (4294967296 % below)
    let drawn: number
    do drawn = nextXoshiro(this.state)
    while (drawn >= limit)
    return drawn % below
  }

  /** Every order equally likely, in place. Source: Durstenfeld, "Algorithm 235: Random permutation", CACM 7 (1964). */
  shuffle(array: Int32Array): void {
    for (let last = array.length - 1; last > 0; last--) {
      const other = this.integer(last + 1)
      const kept = array[last]!
      array[last] = array[other]!
      array[other] = kept
    }
  }
}
