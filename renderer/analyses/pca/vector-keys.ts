import type { VectorModel } from '../../plots/vectors.ts'
import { formatCount } from '../../ui/format.ts'

type Key = { kind: 'fitted' | 'supplementary' | 'level' | 'row' | 'outline'; text: string }

/** What a drawing of arrows has beside those that were fitted; nothing where it has nothing else.
 * @param samples of the bootstrap that outlines can be drawn from; 0 where there are none
 * @param rows whether hollow points are supplementary rows */
export function vectorKeys(model: VectorModel | null, samples: number, rows = false): Key[] {
  if (!model) return []
  const keys: Key[] = []
  if (model.vectors.some(({ supplementary }) => supplementary))
    keys.push({ kind: 'supplementary', text: 'supplementary' })
  if (model.levels.length > 0) keys.push({ kind: 'level', text: 'category' })
  if (rows) keys.push({ kind: 'row', text: 'supplementary row' })
  // Of many kinds the plain one goes without saying: the keys have one line.
  if (keys.length > 0 && (keys.length < 2 || model.outlines.length === 0))
    keys.unshift({ kind: 'fitted', text: 'fitted' })
  if (model.outlines.length > 0) {
    keys.push({ kind: 'outline', text: `95 % of ${formatCount(samples)} samples` })
  } else if (samples > 0 && model.vectors.length > 0) {
    keys.push({ kind: 'outline', text: 'choose an arrow for its samples' })
  }
  return keys
}
