import { getContext, setContext } from 'svelte'
import type { JsonValue } from '../../../core/contract/analysis.ts'
import { session } from '../../app/session.svelte.ts'
import type { PlotTheme } from '../theme.ts'
import { editedTheme } from './apply-edit.ts'
import {
  figureEditSchema,
  plainColours,
  plainEdit,
  resultColoursSchema,
  type FigureEdit,
  type ResultColours
} from './figure-edit.ts'

const COLOURS = 'colours'
const editKey = (name: string): string => `figure ${name}`

/** What a person changed of the plots of one result or table: remembered with the session, beside its other choices. */
export class FigureEdits {
  readonly #id: () => string

  /** what the plots are of, in a word */
  readonly whole: 'result' | 'table'

  /** @param id of the result or table */
  constructor(id: () => string, whole: FigureEdits['whole'] = 'result') {
    this.#id = id
    this.whole = whole
  }

  readonly colours = $derived.by<ResultColours>(() => {
    const found = resultColoursSchema.safeParse(session.plotChoice<JsonValue>(this.#id(), COLOURS, plainColours))
    return found.success ? found.data : plainColours
  })

  /** The edit of a plot, by the name of its figure; what an older version stored and this one does not know is left out. */
  of(name: string): FigureEdit {
    const stored = session.plotChoice<JsonValue>(this.#id(), editKey(name), null)
    const found = stored === null ? null : figureEditSchema.safeParse(stored)
    return found?.success ? found.data : plainEdit
  }

  set(name: string, edit: FigureEdit): void {
    session.setPlotChoice(this.#id(), editKey(name), edit)
  }

  setColours(colours: ResultColours): void {
    session.setPlotChoice(this.#id(), COLOURS, colours)
  }

  /** A theme as a plot is drawn with it. */
  themeOf(name: string, theme: PlotTheme): PlotTheme {
    return editedTheme(theme, this.of(name), this.colours)
  }
}

const KEY = Symbol('figure edits')

/** Gives the plots below what was changed of them. Call it while a component starts. */
export function provideFigureEdits(id: () => string, whole?: FigureEdits['whole']): void {
  setContext(KEY, new FigureEdits(id, whole))
}

/** What was changed of the plots of the result in sight; undefined where plots are of none. Call it while a component starts. */
export const figureEdits = (): FigureEdits | undefined => getContext<FigureEdits | undefined>(KEY)
