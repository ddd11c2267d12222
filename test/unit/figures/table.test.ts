import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { drawHeatmap, shortCorrelation } from '../../../renderer/plots/heatmap.ts'
import { describeFilter, readBound } from '../../../renderer/table/filter-words.ts'
import { reorder, standardized, strongestPairs } from '../../../renderer/table/pairs.ts'
import { includesRow, orderSelection } from '../../../renderer/ui/selection.ts'
import { moveCursor } from '../../../renderer/ui/table-keys.ts'

describe('a selection', () => {
  it('holds every row once, ascending, and knows its rows', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(50)), (rows) => {
        const ordered = orderSelection(rows)
        expect(ordered).toEqual([...new Set(rows)].sort((a, b) => a - b))
        for (let row = -1; row < 52; row++) expect(includesRow(ordered, row)).toBe(rows.includes(row))
      })
    )
  })
})

describe('the keyboard in a table', () => {
  const press = (key: string, from: [number, number], control = false, nColumns = 4) => {
    const to = moveCursor(
      { key, ctrlKey: control, metaKey: false, altKey: false },
      { row: from[0], column: from[1] },
      100,
      nColumns,
      10
    )
    return to && [to.row, to.column]
  }

  it('goes from cell to cell, and from the first row up into the header', () => {
    expect(press('ArrowRight', [5, 3])).toEqual([5, 3])
    expect(press('ArrowLeft', [5, 3])).toEqual([5, 2])
    expect(press('ArrowUp', [0, 1])).toEqual([-1, 1])
    expect(press('ArrowUp', [-1, 1])).toEqual([-1, 1])
    expect(press('PageDown', [95, 1])).toEqual([99, 1])
    expect(press('Home', [5, 3])).toEqual([5, 0])
    expect(press('End', [5, 0], true)).toEqual([99, 3])
    expect(press('x', [5, 0])).toBeNull()
  })

  it('goes from row to row where rows are gone through as wholes', () => {
    expect(press('ArrowUp', [0, -1], false, 0)).toEqual([0, -1])
    expect(press('Home', [7, -1], false, 0)).toEqual([0, -1])
    expect(press('ArrowRight', [7, -1], false, 0)).toBeNull()
  })
})

describe('filters in words', () => {
  it('say what is kept', () => {
    const values = ['setosa', 'virginica']
    expect(describeFilter({ kind: 'values', column: 'species', values, missing: false })).toBe(
      'species is setosa or virginica'
    )
    expect(describeFilter({ kind: 'values', column: 'species', values, missing: true })).toBe('species is one of 3')
    expect(describeFilter({ kind: 'range', column: 'x', from: -1.5, to: null })).toBe('x from −1.5')
    expect(describeFilter({ kind: 'missing', column: 'x', present: false })).toBe('x is missing')
  })

  it('read a bound with a point or a comma', () => {
    expect([readBound('1,5'), readBound(' −2 '), readBound(''), readBound('1,000,000'), readBound('1e3')]).toEqual([
      1.5,
      -2,
      null,
      undefined,
      1000
    ])
  })
})

describe('pairs of columns', () => {
  it('are told once each, the strongest first, those without a correlation not at all', () => {
    const r = Float64Array.of(1, 0.2, -0.9, 0.2, 1, NaN, -0.9, NaN, 1)
    const n = new Int32Array(9).fill(7)
    expect(strongestPairs({ r, n }, 3)).toEqual([
      { i: 0, j: 2, r: -0.9, n: 7 },
      { i: 0, j: 1, r: 0.2, n: 7 }
    ])
    expect([...reorder(r, [2, 0, 1])]).toEqual([1, -0.9, NaN, -0.9, 1, 0.2, NaN, 0.2, 1])
  })

  it('are drawn in standard deviations', () => {
    // by hand: mean 2, sd 1
    expect([...standardized(Float64Array.of(1, NaN, 2, 3))]).toEqual([-1, NaN, 0, 1])
  })
})

describe('a heatmap', () => {
  // without a page, letters have their usual width
  vi.stubGlobal('document', { createElement: () => ({ getContext: () => null }) })
  const theme = {
    diverging: ['#0b5f95', '#86b7d8', '#f1f3f5', '#eab17f', '#b54a00'],
    text: '#1a1e25',
    surface: '#ffffff',
    font: 'sans-serif'
  } as never
  const draw = (p: number, size: number) =>
    drawHeatmap(
      { names: Array.from({ length: p }, (_, i) => `c${i}`), values: new Float64Array(p * p).fill(-1) },
      theme,
      { width: size, height: size }
    )

  it('has square cells inside of the picture, and numbers where they fit', () => {
    for (const p of [2, 5, 40, 200]) {
      const { frame, data } = draw(p, 400)
      expect(frame.left + p * frame.cell).toBeLessThanOrEqual(400)
      expect(frame.top + p * frame.cell).toBeLessThanOrEqual(400)
      expect(data.length).toBe(frame.cell >= 34 ? 2 : 1)
    }
    expect(draw(200, 400).frame.cell).toBeGreaterThan(1)
  })

  it('writes its numbers in ink that can be read on the cell', () => {
    // −1 is the darkest blue: white on it
    expect((draw(2, 400).data[1] as { textfont: { color: string[] } }).textfont.color[0]).toBe('#ffffff')
    expect([0.871, -0.124, 1, -1, 0.999, 0, NaN].map(shortCorrelation)).toEqual([
      '.87',
      '−.12',
      '1',
      '−1',
      '1',
      '.00',
      '–'
    ])
  })
})
