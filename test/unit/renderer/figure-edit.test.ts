import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { within } from '../../../renderer/plots/axes.ts'
import { colourBy, OTHER_COLOUR, recolour } from '../../../renderer/plots/categories.ts'
import { scaleEnds } from '../../../renderer/plots/colour-scales.ts'
import { drawControl } from '../../../renderer/plots/control.ts'
import { chosenMarks, editedDraw } from '../../../renderer/plots/edit/apply-edit.ts'
import { automaticAxes } from '../../../renderer/plots/edit/automatic-axes.ts'
import {
  axisEditOf,
  boundProblem,
  editFor,
  endsProblem,
  figureEditSchema,
  plainColours,
  plainEdit,
  resultColoursSchema,
  sizeProblem,
  TEXT_SIZES,
  typedNumber,
  withAxisEdit,
  type FigureEdit
} from '../../../renderer/plots/edit/figure-edit.ts'
import { sceneOf } from '../../../renderer/plots/points/scatter-scene.ts'
import { plainDiameter } from '../../../renderer/plots/scatter-model.ts'
import type { Figure } from '../../../renderer/plots/plotly.ts'
import {
  drawScatter,
  type ScatterDrawing,
  type ScatterLook,
  type ScatterModel
} from '../../../renderer/plots/scatter.ts'
import { drawScree } from '../../../renderer/plots/scree.ts'
import { contrast, type PlotTheme } from '../../../renderer/plots/theme.ts'

vi.stubGlobal('document', { createElement: () => ({ getContext: () => null }) })

const theme: PlotTheme = {
  surface: '#ffffff',
  text: '#1a1e25',
  textSecondary: '#4d5561',
  textMuted: '#626a77',
  accent: '#4a4ec7',
  grid: '#eceef2',
  zero: '#b9c0ca',
  axis: '#868e9b',
  ink: '#1a1e25',
  dim: 0.28,
  mark: '#4b6584',
  markSoft: '#c3ccd8',
  markStrong: '#2f4259',
  categories: ['#0067a3', '#cf8000', '#00916a', '#b65c8f', '#b83a00', '#3d99d0', '#463b00', '#5d6572'],
  viridis: ['#440154', '#26828e', '#fde725'],
  diverging: ['#0b5f95', '#86b7d8', '#f1f3f5', '#eab17f', '#b54a00'],
  font: 'Arial'
}
const size = { width: 500, height: 400 }
const look: ScatterLook = { hidden: new Set(), selected: [], outline: null, range: null, tool: 'pan' }
const model: ScatterModel = {
  x: [-2, 0, 1, 3],
  y: [1, -1, 2, 0],
  groups: [
    { name: 'a', colour: 0, symbol: 'circle', members: [0, 1], of: 'kind' },
    { name: 'b', colour: 'mark', symbol: 'square', members: [2, 3] }
  ],
  ellipses: false,
  axisNames: ['PC1 · 70.00 %', 'PC2 · 20.00 %'],
  labels: [{ text: 'row', point: 3 }]
}
const draw = (edit: Partial<FigureEdit>, colours = plainColours): ScatterDrawing =>
  editedDraw(
    (own, area, limits) => drawScatter(model, { ...look, limits }, own, area),
    { ...plainEdit, ...edit },
    colours
  )(theme, size) as ScatterDrawing
const axisOf = ({ layout }: Figure, which: 'x' | 'y'): { range: [number, number]; tickfont: { size: number } } =>
  layout[`${which}axis`] as { range: [number, number]; tickfont: { size: number } }
const markersOf = ({ data }: Figure) => data.map(({ marker }) => marker as { color: string; size: number })
const textsOf = ({ layout }: Figure) => (layout['annotations'] as { text: string }[]).map(({ text }) => text)

describe('what is typed', () => {
  it('is read with a comma, a true minus, or not at all', () => {
    expect(['', ' 2,5 ', '−3', '1e3', 'x'].map(typedNumber)).toEqual([null, 2.5, -3, 1000, NaN])
  })

  it('is refused with a reason where it is no axis or no size', () => {
    expect(boundProblem(NaN)).toContain('Not a number')
    expect(boundProblem(Infinity)).toContain('Too large')
    expect(boundProblem(null)).toBeNull()
    expect(endsProblem(2, 2)).toContain('larger')
    expect(endsProblem(3, 2)).toContain('larger')
    expect(endsProblem(1e9, 1e9 + 1e-3)).toContain('close')
    expect(endsProblem(3, null)).toBeNull()
    expect(sizeProblem(7, TEXT_SIZES)).toBe('8 to 24.')
    expect(sizeProblem(null, TEXT_SIZES)).not.toBeNull()
  })

  it('is no edit that a session may hold where the words refuse it', () => {
    const holds = (x: FigureEdit['x']): boolean => figureEditSchema.safeParse({ ...plainEdit, x }).success
    expect(figureEditSchema.parse(plainEdit)).toEqual(plainEdit)
    expect(holds({ name: null, low: 2, high: 1, of: null })).toBe(false)
    expect(holds({ name: null, low: NaN, high: null, of: null })).toBe(false)
    expect(figureEditSchema.safeParse({ ...plainEdit, text: 1000 }).success).toBe(false)
    expect(resultColoursSchema.safeParse({ ...plainColours, mark: 'url(x)' }).success).toBe(false)
    expect(resultColoursSchema.safeParse({ ...plainColours, scale: 'rainbow' }).success).toBe(false)
  })
})

describe('a range with chosen ends', () => {
  it('has them, and is a range whichever of them are chosen', () => {
    const end = fc.option(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { nil: null })
    fc.assert(
      fc.property(
        fc.double({ min: -1e6, max: 1e6, noNaN: true }),
        fc.double({ min: 1e-3, max: 1e6 }),
        end,
        end,
        (low, length, from, to) => {
          if (from !== null && to !== null && from >= to) return
          const [least, most] = within([low, low + length], [from, to])
          expect(least).toBeLessThan(most)
          if (from !== null) expect(least).toBe(from)
          if (to !== null) expect(most).toBe(to)
        }
      )
    )
  })
})

describe('an edited axis', () => {
  const x = { name: 'Size', low: -1, high: 1, of: 'PC1 · 70.00 %' }
  const edit = { ...plainEdit, x, text: 14 }

  it('is that of the component it was changed for, and no other', () => {
    expect(editFor(edit, ['PC1 · 70.00 %', 'PC2'])).toEqual(edit)
    expect(editFor(edit, ['PC3 · 2.00 %', 'PC1 · 70.00 %'])).toEqual({ ...plainEdit, text: 14 })
    expect(editFor(edit, undefined)).toEqual(edit)
    expect(editFor({ ...edit, x: { ...x, of: null } }, ['PC3', 'PC2']).x.name).toBe('Size')
  })

  it('of a session that did not say of which is one of any', () => {
    const older = { name: x.name, low: x.low, high: x.high }
    expect(figureEditSchema.parse({ ...plainEdit, x: older }).x.of).toBeNull()
  })
})

describe('a colour that was chosen', () => {
  it('brings what is soft and strong beside it, for bars and keys too; none chosen leaves the tokens', () => {
    // 0.35 of red and 0.65 of a white surface: 255, 166, 166
    const surface = '#ffffff'
    expect(chosenMarks({ ...theme, surface }, { ...plainColours, mark: '#ff0000' })).toMatchObject({
      mark: '#ff0000',
      markSoft: '#ffa6a6'
    })
    expect(chosenMarks(theme, plainColours)).toBeNull()
    // On a dark ground a third of it would hardly be seen.
    const dark = { ...theme, surface: '#1a1d23', text: '#e8ebf0', markSoft: '#424c59' }
    const { markSoft } = chosenMarks(dark, { ...plainColours, mark: '#aa00cc' })!
    const midway = Math.sqrt(contrast('#aa00cc', dark.surface))
    expect(contrast(markSoft, dark.surface)).toBeGreaterThanOrEqual(midway)
    expect(contrast(markSoft, dark.surface)).toBeLessThan(1.15 * midway)
  })

  it('of numbers with both signs has its middle at zero where it is two-sided', () => {
    expect(scaleEnds('two-sided', -1, 3)).toEqual([-3, 3])
    expect(scaleEnds('two-sided', -4, 3)).toEqual([-4, 4])
    expect(scaleEnds('two-sided', 1, 3)).toEqual([1, 3])
    expect(scaleEnds('viridis', -1, 3)).toEqual([-1, 3])
  })
})

describe('an edited figure', () => {
  it('is the figure itself where nothing was changed', () => {
    expect(draw({})).toEqual(drawScatter(model, look, theme, size))
  })

  it('shows the ends asked for, whole, with one unit equally long on both axes', () => {
    const { frame } = draw({ x: { name: null, low: -10, high: 10, of: null } })
    expect(frame.x[0]).toBeLessThanOrEqual(-10)
    expect(frame.x[1]).toBeGreaterThanOrEqual(10)
    expect((frame.x[1] - frame.x[0]) / frame.width).toBeCloseTo((frame.y[1] - frame.y[0]) / frame.height, 10)
  })

  it('zoomed into, shows what was zoomed to', () => {
    const range = { x: [0, 1], y: [0, 1] } as const
    const limits = { x: [-50, 50], y: [null, null] } as const
    expect(drawScatter(model, { ...look, range, limits }, theme, size).frame).toEqual(
      drawScatter(model, { ...look, range }, theme, size).frame
    )
  })

  it('has the names asked for, escaped, or none', () => {
    const texts = textsOf(
      draw({ x: { name: 'a < b', low: null, high: null, of: null }, y: { name: '', low: null, high: null, of: null } })
    )
    expect(texts).toContain('a &lt; b →')
    expect(texts.some((text) => text.startsWith('↑'))).toBe(false)
  })

  it('has larger marks, the colour of single series and the scale asked for', () => {
    const [plain, edited] = [markersOf(draw({})), markersOf(draw({ points: 2 }, { ...plainColours, mark: '#aa0000' }))]
    expect(edited.map(({ size: px }) => px)).toEqual(plain.map(({ size: px }) => 2 * px))
    expect(edited.map(({ color }) => color)).toEqual([theme.categories[0], '#aa0000'])
  })

  it('with larger text has room for it: the frame and what is measured in px grow alike, data do not', () => {
    const edited = draw({ text: 22 })
    const half = drawScatter(model, look, theme, { width: 250, height: 200 })
    expect(edited.layout).toMatchObject(size)
    expect(axisOf(edited, 'x').tickfont.size).toBe(22)
    expect(axisOf(edited, 'x').range).toEqual(axisOf(half, 'x').range)
    expect(edited.frame).toEqual({
      ...half.frame,
      left: 2 * half.frame.left,
      top: 2 * half.frame.top,
      width: 2 * half.frame.width,
      height: 2 * half.frame.height
    })
    const { l, t } = edited.layout['margin'] as { l: number; t: number }
    expect([l, t]).toEqual([edited.frame.left, edited.frame.top])
    expect(markersOf(edited)).toEqual(markersOf(half))
  })

  it('of another kind has its ends too, and cuts off what lies beyond them', () => {
    const y = { name: null, low: 10, high: 60, of: null }
    const scree = editedDraw(
      (own, area, limits) => drawScree([0.7, 0.2, 0.1], { cut: 2 }, own, area, limits),
      { ...plainEdit, y },
      plainColours
    )(theme, size)
    expect(axisOf(scree, 'y').range).toEqual([10, 60])
    const [, sums] = scree.data
    expect(sums!['cliponaxis']).toBe(true)
    const chart = { x: [1, 2], y: [3, 4], axisNames: ['T²', 'Q'] as const, drawn: [0, 1], limitX: null, limitY: null }
    const limits = { x: [0, 5], y: [null, 8] } as const
    const control = drawControl({ ...chart, labels: [] }, [], theme, size, limits)
    expect(control.frame.x).toEqual([0, 5])
    expect(control.frame.y[1]).toBe(8)
  })

  it('of T² and Q has the rows that were not fitted hollow, each kind with its shape, selected ones too', () => {
    const chart = { x: [1, 2, 3, 4], y: [3, 4, 1, 2], axisNames: ['T²', 'Q'] as const, limitX: null, limitY: null }
    const hollow = [
      { symbol: 'circle-open', points: [2] },
      { symbol: 'diamond-open', points: [3] }
    ] as const
    const { data, hits } = drawControl({ ...chart, drawn: [0, 1, 2, 3], labels: [], hollow }, [1, 3], theme, size)
    expect(data.map(({ marker }) => (marker as { symbol: string }).symbol)).toEqual([
      'circle',
      'circle-open',
      'diamond-open',
      'circle',
      'diamond-open'
    ])
    expect(hits).toEqual([[0, 1], [2], [3], [1], [3]])
  })

  it('says what its axes are by themselves', () => {
    const axes = automaticAxes(drawScatter(model, look, theme, size), { axes: { x: true, y: false } })
    expect(axes.map(({ which, name }) => [which, name])).toEqual([
      ['x', 'PC1 · 70.00 %'],
      ['y', 'PC2 · 20.00 %']
    ])
    expect(axes[0]!.ends).toMatch(/^−\d.* to \d/)
    expect(axes[1]!.ends).toBeNull()
  })
})

describe('many points, drawn on a canvas', () => {
  it('have the colours and sizes that were chosen too', () => {
    const painted: ScatterModel = {
      ...model,
      groups: [{ ...model.groups[0]!, colour: '#aa00cc' }, model.groups[1]!]
    }
    const scene = sceneOf(painted, { ...theme, mark: '#aa0000', points: 3 })
    expect(Array.from(scene.paint, (place) => scene.palette[place])).toEqual([
      '#aa00cc',
      '#aa00cc',
      '#aa0000',
      '#aa0000'
    ])
    expect(scene.diameter).toBe(3 * plainDiameter(4))
  })
})

describe('the colours of categories', () => {
  const column = {
    kind: 'codes' as const,
    name: 'kind',
    dictionary: Array.from({ length: 9 }, (_, i) => `k${i}`),
    codes: Int32Array.from({ length: 18 }, (_, i) => i % 9)
  }

  it('are those chosen for this column; what is left over stays grey', () => {
    const colouring = colourBy(column)
    const own = { k1: '#aa00cc', other: '#ff0000' } as const
    const painted = recolour(colouring, { kind: own, elsewhere: { k0: '#000000' } })
    if (painted.kind !== 'categories' || colouring.kind !== 'categories') throw new Error('categories were expected')
    expect(painted.categories.map(({ colour }) => colour)).toEqual(
      colouring.categories.map(({ name, colour }) => (name === 'k1' ? '#aa00cc' : colour))
    )
    expect(painted.categories.at(-1)!.colour).toBe(OTHER_COLOUR)
    expect(painted.of).toBe(colouring.of)
  })
})

describe('more axes than two', () => {
  const first = { which: 'own', id: 'PC1' } as const
  const ends = { name: null, low: -1, high: 2, of: null }

  it('are offered by their names, with their ends as they are by themselves', () => {
    const ownAxes = [{ name: 'PC1', range: [-3.3214, 3.9] as const }]
    expect(automaticAxes({ data: [], layout: {} }, { ownAxes })).toEqual([
      { which: 'own', id: 'PC1', label: 'PC1', name: 'PC1', ends: '−3.32 to 3.90' }
    ])
  })

  it('are remembered one by one, and an axis that is as it was is not', () => {
    const edit = withAxisEdit(plainEdit, first, ends)
    expect(figureEditSchema.parse(JSON.parse(JSON.stringify(edit)))).toEqual(edit)
    expect([axisEditOf(edit, first).low, axisEditOf(edit, { which: 'own', id: 'PC2' }).low]).toEqual([-1, null])
    expect(withAxisEdit(edit, first, { ...ends, low: null, high: null })).toEqual(plainEdit)
  })

  it('are in an edit that an older version stored: none', () => {
    const older = Object.entries(plainEdit).filter(([key]) => key !== 'own')
    expect(figureEditSchema.parse(Object.fromEntries(older))).toEqual(plainEdit)
  })

  it('reach the drawing', () => {
    let asked: unknown
    editedDraw(
      (_theme, _size, limits) => {
        asked = limits?.own
        return { data: [], layout: {} }
      },
      withAxisEdit(plainEdit, first, ends),
      plainColours
    )(theme, size)
    expect(asked).toEqual({ PC1: ends })
  })
})
