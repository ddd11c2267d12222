import { describe, expect, it, vi } from 'vitest'
import { lengthModel } from '../../../renderer/analyses/factorization/map/length-model.ts'
import { drawScatter, type ScatterLook } from '../../../renderer/plots/scatter.ts'
import type { PlotTheme } from '../../../renderer/plots/theme.ts'

// Texts are measured on a canvas.
vi.stubGlobal('document', { createElement: () => ({ getContext: () => null }) })

const model = lengthModel({
  counts: [10, 0, 1000],
  lengths: [4, 0, 2],
  names: ['Long', 'Unrated', 'Popular'],
  ranked: [2, 0, 1],
  first: [],
  colouring: null
})
const theme = { categories: [], viridis: [], mark: '#000000', font: 'sans' } as unknown as PlotTheme
const look: ScatterLook = { hidden: new Set(), selected: [], outline: null, range: null, tool: 'pan' }

describe('lengthModel', () => {
  it('names the longest first and leaves out what nobody rated', () => {
    expect(model.labels.map(({ text }) => text)).toEqual(['Long', 'Popular'])
    expect(model.groups.map(({ members }) => Array.from(members))).toEqual([[0, 2]])
  })

  it('is drawn with axes of their own: counts to the right, lengths upwards from zero', () => {
    const { layout, frame } = drawScatter(model, look, theme, { width: 600, height: 400 })
    const { xaxis, yaxis } = layout as Record<'xaxis' | 'yaxis', { ticktext: string[]; scaleanchor?: string }>
    expect(xaxis.ticktext).toEqual(['10', '20', '50', '100', '200', '500', '1,000'])
    expect(yaxis.scaleanchor).toBeUndefined()
    expect(yaxis.ticktext[0]).toBe('0')
    expect(frame.y[0]).toBeLessThan(0)
    expect(frame.y[0]).toBeGreaterThan(-1)
  })
})
