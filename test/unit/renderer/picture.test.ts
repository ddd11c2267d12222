import { describe, expect, it } from 'vitest'
import { pictureProblems, plainPicture } from '../../../renderer/export/picture-choices.ts'
import { drawOnPaper, legendRows } from '../../../renderer/plots/paper.ts'
import { figureJson, printedPage } from '../../../renderer/plots/standalone.ts'
import { PAPER_FONT, withTextWidths, type TextStyle } from '../../../renderer/plots/svg-text.ts'
import type { PlotTheme } from '../../../renderer/plots/theme.ts'

const theme = { text: '#111111', textMuted: '#777777', surface: '#ffffff' } as PlotTheme
const shown = {
  name: 'scores',
  title: 'Scores',
  aspect: 0.5,
  draw: (_theme: PlotTheme, { height }: { width: number; height: number }) => ({
    data: [
      { type: 'scatter', name: 'a', x: Float64Array.of(1, NaN), y: [2, 3] },
      { type: 'scatter', name: 'b', x: [1], y: [2] }
    ],
    layout: { height, margin: { l: 40, r: 10, t: 20, b: 30 } }
  })
}

describe('a picture on paper', () => {
  it('has the height asked for, whatever stands above and below the plot', () => {
    const paper = { width: 480, height: 384, title: 'Three species', provenance: 'iris' }
    expect(drawOnPaper(shown, paper, theme)).toMatchObject({ height: 384, layout: { height: 384, width: 480 } })
    const bare = drawOnPaper(shown, { ...paper, title: '', provenance: '' }, theme)
    expect(bare.height).toBe(384)
    expect(bare.layout['annotations']).toEqual([])
  })

  it('is as high as the plot needs where no height is asked for', () => {
    const paper = { width: 480, height: null, title: 'T', provenance: 'P' }
    const { height, layout } = drawOnPaper(shown, paper, theme)
    expect(height).toBeGreaterThan(240)
    expect((layout['annotations'] as { text: string }[]).map(({ text }) => text)).toEqual(['T', 'P'])
  })

  it('has room for all rows of its legend above the plot', () => {
    const paper = { width: 480, height: null, title: 'T', provenance: '' }
    const named = (names: readonly string[]) => ({
      ...shown,
      draw: (_theme: PlotTheme, { height }: { width: number; height: number }) => ({
        data: names.map((name) => ({ type: 'scatter', name, x: [1], y: [1] })),
        layout: { height, margin: { l: 40, r: 10, t: 20, b: 30 } }
      })
    })
    const genres = ['Adventure', 'Comedy', 'Action', 'Crime', 'Drama', 'Horror', 'Documentary', 'other']
    expect([legendRows(genres.slice(0, 2), 480, 1), legendRows(genres, 480, 1)]).toEqual([1, 3])
    const [few, many] = [genres.slice(0, 2), genres].map((names) => drawOnPaper(named(names), paper, theme).height)
    expect(many).toBeGreaterThan(few!)
  })

  it('is Plotly’s JSON with plain arrays, null where a number is none', () => {
    const { data, layout } = drawOnPaper(shown, { width: 480, height: null, title: '', provenance: '' }, theme)
    const figure = JSON.parse(figureJson({ data, layout })) as { data: { x: unknown[] }[] }
    expect(figure.data[0]!.x).toEqual([1, null])
  })

  it('cannot bring markup of its own into a page', () => {
    expect(printedPage('<svg></svg>', '</title><script>')).toContain('<title>&lt;/title&gt;&lt;script&gt;</title>')
  })
})

describe('what a picture can be', () => {
  it('says which number is wrong', () => {
    expect(pictureProblems(plainPicture)).toEqual({})
    expect(Object.keys(pictureProblems({ ...plainPicture, width: NaN, height: 0 }))).toEqual(['width', 'height'])
    expect(Object.keys(pictureProblems({ ...plainPicture, dotsPerInch: 20 }))).toEqual(['dotsPerInch'])
    // 40 inches of 600 dots are more than a canvas holds; lines have no dots.
    expect(pictureProblems({ ...plainPicture, width: 40, dotsPerInch: 600 }).dotsPerInch).toContain('16,000')
    expect(pictureProblems({ ...plainPicture, width: 40, dotsPerInch: 600, format: 'svg' })).toEqual({})
  })
})

describe('text in an SVG', () => {
  const style = `style="font-family: ${PAPER_FONT}; font-size: 12px; font-weight: 600; fill: red"`
  /** Ten px a letter, so that a width says what was measured. */
  const measure = (text: string, { size, weight }: TextStyle): number =>
    size === 12 && weight === '600' ? 10 * text.length : NaN

  it('has the width it was laid out with, as its reader sees it', () => {
    const svg = withTextWidths(`<g><text x="1" ${style}>a &lt;&#38; b</text></g>`, measure)
    expect(svg).toBe(
      `<g><text x="1" ${style} textLength="60.00" lengthAdjust="spacingAndGlyphs">a &lt;&#38; b</text></g>`
    )
  })

  it('is left alone where it has several parts, one letter, or no size', () => {
    for (const svg of [
      `<text ${style}>a<tspan>b</tspan></text>`,
      `<text ${style}>a</text>`,
      '<text style="fill: red">ab</text>',
      `<text ${style.replace('600', '400')}>ab</text>`
    ])
      expect(withTextWidths(svg, measure)).toBe(svg)
  })
})
