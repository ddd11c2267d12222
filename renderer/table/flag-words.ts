import { NEARLY_CONSTANT_SHARE, type ColumnFlag } from '../../core/contract/column-statistics.ts'
import { formatNumber, formatPercent } from '../ui/format.ts'

/** A share below 1 that would be rounded up to it keeps as many decimals as it takes to be seen. */
function shareText(share: number): string {
  const decimals = share < 1 && share > 0.9995 ? 4 : 1
  return formatPercent(share, decimals)
}

/** A flag in two or three words, for a chip. */
export function flagLabel(flag: ColumnFlag): string {
  switch (flag.kind) {
    case 'empty':
      return 'empty'
    case 'constant':
      return 'constant'
    case 'nearlyConstant':
      return 'nearly constant'
    case 'duplicate':
      return `same as ${flag.of}`
    case 'correlated':
      return `r ${formatNumber(flag.r, 2)} with ${flag.with}`
  }
}

/** What it means and what can be done about it. */
export function flagSentence(flag: ColumnFlag): string {
  switch (flag.kind) {
    case 'empty':
      return 'No cell has a value. Leave the column out.'
    case 'constant':
      return 'Every value is the same, so it tells no row from another. Leave it out of an analysis: it has no variance to scale.'
    case 'nearlyConstant':
      return `${shareText(flag.share)} of the values are ${flag.value} (said from ${formatPercent(NEARLY_CONSTANT_SHARE, 0)} on). Scaled to unit variance, the few others would weigh as much as a whole column.`
    case 'duplicate':
      return `Cell for cell the same as ${flag.of}. Keep one of them: two count double.`
    case 'correlated':
      return `Correlation ${formatNumber(flag.r, 3)} with ${flag.with}. Components are drawn towards what they share; one of them may be enough.`
  }
}
