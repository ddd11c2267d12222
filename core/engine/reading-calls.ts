import type { Desk } from './desk.ts'
import type { Handlers } from './dispatch.ts'

/** Calls that lead from what was said about a file to its rows. */
export function readingHandlers(desk: Desk): Pick<Handlers, 'dataset.rowAtLine'> {
  return {
    'dataset.rowAtLine': ({ datasetId, line }) => {
      const { lines } = desk.session.datasets.view(datasetId, [])
      let low = 0
      let high = lines.length
      while (low < high) {
        const middle = (low + high) >> 1
        if (lines[middle]! < line) low = middle + 1
        else high = middle
      }
      return low < lines.length ? { row: low, line: lines[low]! } : null
    }
  }
}
