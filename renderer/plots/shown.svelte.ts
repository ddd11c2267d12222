import type { Figure } from './plotly.ts'
import type { Size } from './scatter.ts'
import type { PlotTheme } from './theme.ts'

/** A plot that is on screen, as the export needs it: drawn again at another size in the light theme. */
export interface ShownFigure {
  /** file name part: iris-pca-scores.svg */
  name: string
  title: string
  /** height / width on paper */
  aspect: number
  draw: (theme: PlotTheme, size: Size) => Figure
}

class ShownFigures {
  list = $state.raw<ShownFigure[]>([])

  add(figure: ShownFigure): () => void {
    this.list = [...this.list, figure]
    return () => (this.list = this.list.filter((other) => other !== figure))
  }
}

/** The plots on screen, in the order they were drawn. */
export const shownFigures = new ShownFigures()
