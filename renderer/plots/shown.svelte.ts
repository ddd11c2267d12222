import type { Figure } from './plotly.ts'
import type { AxisLimits, Range } from './axes.ts'
import type { ScatterGroup, Size } from './scatter.ts'
import type { PlotTheme } from './theme.ts'

/** A plot that is on screen, as the export needs it: drawn again at another size in the light theme. */
export interface ShownFigure {
  /** file name part: iris-pca-scores.svg */
  name: string
  title: string
  /** height / width on paper */
  aspect: number
  /** what its axes are called by themselves, where they can be those of one component or another */
  names?: readonly [string, string]
  /** the axes whose ends can be chosen; equal: one unit is equally long on both */
  axes?: { x?: boolean; y?: boolean; equal?: boolean }
  /** the axes of a drawing that has more than two, as they are by themselves: what is changed of one goes by its name */
  ownAxes?: readonly { name: string; range: Range }[]
  /** what of its colours can be chosen besides that of a single series */
  colours?: {
    groups?: readonly Pick<ScatterGroup, 'name' | 'symbol' | 'colour' | 'of'>[]
    scale?: boolean
    /** true: its colours mean numbers of both signs, and are always the same */
    fixed?: boolean
  }
  /** false: it has no marks whose size can be chosen */
  marks?: boolean
  /** false: there is none, on screen or paper */
  hasLegend?: boolean
  /** false: no legend on paper */
  legend?: boolean
  /** times the usual size of what is written on paper round it */
  enlarged?: number
  draw: (theme: PlotTheme, size: Size, limits?: AxisLimits) => Figure
  /** for programs that turn and zoom it themselves, where that is another drawing */
  drawInteractive?: ShownFigure['draw']
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
