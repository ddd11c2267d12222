import { describe, expect, test, vi } from 'vitest'
import { drawLoadings } from '../../../renderer/plots/bars.ts'
import type { PlotTheme } from '../../../renderer/plots/theme.ts'

vi.stubGlobal('document', { createElement: () => ({ getContext: () => null }) })

const theme = { mark: 'mark', markSoft: 'soft', surface: 'surface', text: 'ink', font: 'Arial' } as PlotTheme
const size = { width: 500, height: 200 }
const names = ['a', 'b', 'c']
const values = [0.9, -0.5, 0.02]

interface Note {
  text: string
  x: number
  xref: string
}
const numberOf = (figure: ReturnType<typeof drawLoadings>, text: string): Note =>
  (figure.layout['annotations'] as Note[]).find((note) => note.text === text)!

describe('loadings as bars', () => {
  test('have their number at zero, on the other side', () => {
    const figure = drawLoadings({ names, panels: [{ title: 'PC1', values }] }, theme, size)
    expect(numberOf(figure, '0.90').x).toBe(0)
    expect(figure.data).toHaveLength(1)
  })

  test('have a line from end to end where an interval is known; a number keeps clear of it', () => {
    const intervals = [[0.8, 1.1], null, [-0.1, 0.2]] as const
    const figure = drawLoadings({ names, panels: [{ title: 'PC1', values, intervals }] }, theme, size)
    const lines = figure.data[1] as unknown as { x: number[]; y: number[]; error_x: { array: number[] } }
    expect(lines.y).toEqual([0, 2])
    expect(lines.x[0]).toBeCloseTo(0.95, 12)
    expect(lines.error_x.array[0]).toBeCloseTo(0.15, 12)
    expect(numberOf(figure, '0.02').x).toBe(-0.1)
    expect(numberOf(figure, '0.90').x).toBe(0)
    // An end beyond 1 is in sight.
    const { range } = figure.layout['xaxis'] as { range: number[] }
    expect(range[1]).toBeGreaterThan(1.1)
  })
})
