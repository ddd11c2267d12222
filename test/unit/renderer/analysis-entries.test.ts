import { describe, expect, it } from 'vitest'
import { methodSchema } from '../../../core/analyses/factorization/methods.ts'
import { analysisEntries } from '../../../renderer/export/analysis-entries.ts'

const entriesOf = (method: string) => analysisEntries({ kind: 'factorization', params: { method } })
const libmfOf = (method: string) => entriesOf(method).find(({ id }) => id === 'factors libmf')!

describe('analysisEntries', () => {
  it('offers lists, predictions, the model, a script and a report of a factorization', () => {
    expect(entriesOf('als').map(({ label }) => label)).toEqual([
      'Recommendations…',
      'Predictions for a table…',
      'Model as JSON',
      'Model as NumPy arrays',
      'Model for LIBMF',
      'Python script that scores',
      'Report as a web page',
      'Report as PDF'
    ])
  })

  it('says which methods LIBMF has no form for: those without factors and biases, as the engine refuses', () => {
    const refused = methodSchema.options.filter((method) => libmfOf(method).disabled)
    expect(refused).toEqual(['popularity', 'ease', 'itemknn'])
    expect(libmfOf('ease').label).toBe('Model for LIBMF: EASE has no factors')
    // Of ratings the biases are written as two factors.
    expect(libmfOf('bias').disabled).toBe(false)
  })

  it('offers the model, a script and a report of a truncated SVD', () => {
    expect(analysisEntries({ kind: 'svd', params: {} }).map(({ label }) => label)).toEqual([
      'Model as JSON',
      'Model as NumPy arrays',
      'Python script',
      'Report as a web page',
      'Report as PDF'
    ])
  })
})
