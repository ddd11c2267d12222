/** Above this it pays to solve for a block of factors at a time: of 1,000,000 likes a sweep of 256 factors takes a third of the
 * time, one of 128 three quarters. */
const WHOLE_FACTORS = 128
const BLOCK_FACTORS = 64

/** How many factors of a row are solved for at once, the others held fixed: of the items, and of the users after them. */
export type SweepBlocks = readonly [number, number]
export const ALL_AT_ONCE: SweepBlocks = [Infinity, Infinity]

/** Of many factors blocks are solved for, but of the users of the last sweep all at once: a user is stored as a fold-in finds them.
 * Source: Rendle, Krichene, Zhang & Koren, "iALS++", 2021. */
export function blocksOf(iteration: number, iterations: number, nFactors: number): SweepBlocks {
  if (nFactors <= WHOLE_FACTORS) return ALL_AT_ONCE
  return [BLOCK_FACTORS, iteration < iterations ? BLOCK_FACTORS : Infinity]
}

/** What a person should know of how it was solved; nothing where all factors were solved for at once. */
export function noteBlocks(nFactors: number): string[] {
  if (nFactors <= WHOLE_FACTORS) return []
  const ended = 'in the end for every user exactly'
  return [`Above ${WHOLE_FACTORS} factors, sweeps solve for ${BLOCK_FACTORS} at a time (iALS++), and ${ended}.`]
}
