import { describe, expect, test } from 'vitest'
import { drawScree, screeSlots } from '../../../renderer/plots/scree.ts'
import type { PlotTheme } from '../../../renderer/plots/theme.ts'

const theme = {
  mark: 'mark',
  markSoft: 'soft',
  markStrong: '#112233',
  surface: 'surface',
  text: 'text',
  textMuted: 'muted',
  accent: 'accent'
} as PlotTheme
const size = { width: 460, height: 300 }
const shares = [0.7, 0.2, 0.07, 0.03]

interface Note {
  text: string
  x: number
  y: number
}
const notesOf = (figure: ReturnType<typeof drawScree>): Note[] => figure.layout['annotations'] as Note[]

describe('a scree', () => {
  test('draws what lies beyond the cut softly, behind a line', () => {
    const { data, layout } = drawScree(shares, { cut: 2 }, theme, size)
    expect((data[0]!['marker'] as { color: string[] }).color).toEqual(['mark', 'mark', 'soft', 'soft'])
    expect(layout['shapes']).toMatchObject([{ x0: 2.5, x1: 2.5, line: { color: 'accent' } }])
    expect(drawScree(shares, {}, theme, size).layout['shapes']).toEqual([])
  })

  test('says the shares in the ink that is read on the colour of the bars', () => {
    const dark = { ...theme, surface: '#1a1d23', text: '#e8ebf0', mark: '#8ea6c2', markSoft: '#424c59' }
    const inkOf = (own: PlotTheme): string =>
      (drawScree(shares, {}, own, size).data[0]!['insidetextfont'] as { color: string[] }).color[0]!
    expect(inkOf(dark)).toBe(dark.surface)
    expect(inkOf({ ...dark, mark: '#aa00cc' })).toBe(dark.text)
  })

  test('has its handle where the bars are', () => {
    // 44 px at the left and 16 at the right are for the axis
    expect(screeSlots(460, 4)).toEqual({ left: 44, slot: 100 })
  })

  test('says every share once, and what chance reaches above its line', () => {
    const chance = { shares: [0.4, 0.3, 0.25, 0.2], name: 'by chance, 95 %' }
    const { data, ...figure } = drawScree(shares, { cut: 2, chance }, theme, size)
    const inside = (data[0]!['text'] as string[]).filter((text) => text !== '')
    const outside = notesOf({ data, ...figure }).filter((note) => /^\d/.test(note.text))
    expect([...inside, ...outside.map((note) => note.text)].sort()).toEqual(['20.0', '3.0', '7.0', '70.0'])
    const name = notesOf({ data, ...figure }).find((note) => note.text === chance.name)!
    expect(name.y).toBeGreaterThanOrEqual(20)
    expect(name.y).toBeLessThanOrEqual(30)
  })

  test('never has the line of the cut run through what chance is called', () => {
    const name = 'by chance, 95 %'
    for (const nBars of [2, 3, 4, 6, 12, 30]) {
      const falling = Array.from({ length: nBars }, (_, i) => 0.5 ** (i + 1))
      const level = falling.map((_, i) => 0.3 / (i + 1))
      for (let cut = 1; cut <= nBars; cut++) {
        const notes = drawScree(falling, { cut, chance: { shares: level, name } }, theme, size).layout['annotations']
        const told = (notes as (Note & { xanchor: string })[]).find(({ text }) => text === name)!
        const { left, slot } = screeSlots(size.width, nBars)
        const [at, line] = [told.x, cut + 0.5].map((x) => left + (x - 0.5) * slot) as [number, number]
        // 15 letters of 11 px take about 80 px
        const from = at - { left: 0, center: 40, right: 80 }[told.xanchor]!
        expect(line <= from + 1 || line >= from + 79, `${nBars} bars, cut after ${cut}`).toBe(true)
      }
    }
  })

  test('lifts a number over the line of chance where that would run through it', () => {
    const chance = { shares: [0.4, 0.3, 0.1, 0.05], name: 'by chance' }
    const number = notesOf(drawScree(shares, { chance }, theme, size)).find((note) => note.text === '7.0')!
    expect(number.y).toBe(10)
  })

  test('draws intervals where they lie, also below the share', () => {
    const intervals = { lower: [0.6, 0.1, 0.05, 0.01], upper: [0.8, 0.3, 0.06, 0.02] }
    const { data } = drawScree(shares, { intervals }, theme, size)
    const drawn = data.find((trace) => 'error_y' in trace) as unknown as { y: number[]; error_y: { array: number[] } }
    expect(drawn.y[2]).toBeCloseTo(5.5, 12)
    expect(drawn.error_y.array[2]).toBeCloseTo(0.5, 12)
  })

  test('has a band round the running sums, from the upper ends there to the lower ends back', () => {
    const sums = { lower: [0.6, 0.8, 0.95, 1], upper: [0.8, 0.92, 0.99, 1] }
    const { data } = drawScree(shares, { sums }, theme, size)
    const band = data.find((trace) => trace['fill'] === 'toself')!
    expect(band['x']).toEqual([1, 2, 3, 4, 4, 3, 2, 1])
    expect(band['y']).toEqual([80, 92, 99, 100, 100, 95, 80, 60])
  })

  test('of one component, and of sixty, has an axis that names some', () => {
    for (const count of [1, 60]) {
      const { layout } = drawScree(new Array<number>(count).fill(1 / count), { cut: 1 }, theme, size)
      const { ticktext } = layout['xaxis'] as { ticktext: string[] }
      expect(ticktext[0]).toBe('PC1')
      expect(ticktext.length).toBeLessThanOrEqual(12)
    }
  })
})
