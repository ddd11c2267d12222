import { lengthsByCount } from '../../../../core/analyses/factorization/figures/factor-lengths.ts'
import type { Colouring } from '../../../plots/categories.ts'
import type { ScatterModel } from '../../../plots/scatter.ts'
import { titleOf } from '../item-words.ts'
import { itemGroups } from '../map-model.ts'

export interface LengthInput {
  /** of the items */
  counts: ArrayLike<number>
  lengths: ArrayLike<number>
  names: readonly string[]
  /** items, most rated first */
  ranked: readonly number[]
  /** named before others */
  first: readonly number[]
  /** by item; null: all alike */
  colouring: Colouring | null
}

/** Names tried of the longest, before those of the most rated. */
const LONGEST_NAMED = 40
const TRIED_LABELS = 150

/** Items by how many rated them and how long their factors are. */
export function lengthModel({ counts, lengths, names, ranked, first, colouring }: LengthInput): ScatterModel {
  const { x, y, placed } = lengthsByCount(counts, lengths)
  const longest = Array.from(placed).sort((a, b) => lengths[b]! - lengths[a]! || a - b)
  const named = new Set([...first, ...longest.slice(0, LONGEST_NAMED), ...ranked.slice(0, TRIED_LABELS)])
  const byNumber = colouring?.kind === 'number' && {
    scale: { name: colouring.column, values: colouring.values, low: colouring.low, high: colouring.high }
  }
  return {
    x,
    y,
    ellipses: false,
    ownUnits: { logX: true },
    framed: placed,
    groups: itemGroups(placed, colouring),
    axisNames: ['ratings the model learned from, logarithmic', '‖q‖, length of the item factors'],
    labels: Array.from(named)
      .filter((item) => x[item]! >= 0)
      .map((item) => ({ text: titleOf(names[item]!), point: item })),
    ...byNumber
  }
}
