import type { Colouring } from '../../plots/categories.ts'

/** How the items of a model are coloured. */
export interface ItemColours {
  readonly value: Colouring | null
}
