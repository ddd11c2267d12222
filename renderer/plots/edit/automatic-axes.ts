import { decimalsOf, roundStep, tickText } from '../axes.ts'
import type { Figure } from '../plotly.ts'
import { X_NAME, Y_NAME } from '../scatter.ts'
import type { ShownFigure } from '../shown.svelte.ts'
import type { AxisPlace } from './figure-edit.ts'

/** An axis of a plot as it is where nothing was changed. */
export interface AutomaticAxis extends AxisPlace {
  label: string
  /** null where the axis has no name of its own */
  name: string | null
  /** the ends in words; null where they cannot be chosen */
  ends: string | null
}

/** The axes of a drawing of which anything can be changed. */
export function automaticAxes({ layout }: Figure, { axes = {}, ownAxes }: Partial<ShownFigure>): AutomaticAxis[] {
  if (ownAxes) {
    return ownAxes.map(({ name, range }) => ({ which: 'own', id: name, label: name, name, ends: endsText(range) }))
  }
  const annotations = (layout['annotations'] ?? []) as { name?: string; text?: string }[]
  return (['x', 'y'] as const).flatMap((which): AutomaticAxis[] => {
    const text = annotations.find(({ name }) => name === (which === 'x' ? X_NAME : Y_NAME))?.text
    const name = text === undefined ? null : plainText(text.replace(/^↑ | →$/g, ''))
    const range = (layout[`${which}axis`] as { range?: [number, number] } | undefined)?.range
    const ends = axes[which] === true && range ? endsText(range) : null
    if (name === null && ends === null) return []
    return [{ which, id: which, label: which === 'x' ? 'Horizontal axis' : 'Vertical axis', name, ends }]
  })
}

/** "−3.32 to 3.9": ends to a hundredth of the length between them. */
function endsText([low, high]: readonly [number, number]): string {
  const step = roundStep((high - low) / 200)
  const rounded = (value: number): number => Number(value.toFixed(decimalsOf(step)))
  return `${tickText(rounded(low), step)} to ${tickText(rounded(high), step)}`
}

const plainText = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
