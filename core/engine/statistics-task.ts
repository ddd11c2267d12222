import type { ColumnStatistics, CorrelationMethod, CorrelationTable } from '../contract/column-statistics.ts'
import { NEARLY_CONSTANT_SHARE, STRONG_CORRELATION, type ColumnFlag } from '../contract/column-statistics.ts'
import { unwatched, type Watch } from '../linalg/watch.ts'
import { clusterOrder } from '../stats/cluster-order.ts'
import { pearson, spearman } from '../stats/correlation.ts'
import { describeNumbers, describeWords, type NumberStatistics, type WordStatistics } from '../stats/describe-column.ts'
import { fingerprintNumbers, fingerprintWords } from '../stats/fingerprint.ts'
import { readNumbers, readWords, type StoredColumn } from '../table/stored-column.ts'

/** What a worker says of one column. */
export interface DescribedColumn {
  statistics: ColumnStatistics
  detail: NumberStatistics | WordStatistics
  /** equal for columns that are the same cell for cell */
  fingerprint: string
  /** every stride-th value of a column of numbers that varies, to be compared with the others */
  sample: Float64Array | null
}

/** @param stride 0: no sample is wanted */
export function describeColumn(column: StoredColumn, stride: number, checkpoint: () => void): DescribedColumn {
  if (column.kind === 'number') {
    const values = readNumbers(column)
    const detail = describeNumbers(values, checkpoint)
    const statistics: ColumnStatistics & Partial<NumberStatistics> = {
      name: column.name,
      missing: values.length - detail.present,
      flags: flagsOf(detail),
      ...detail
    }
    // these are asked for one column at a time: those of ten thousand would be megabytes
    delete statistics.histogram
    delete statistics.top
    const isCompared = stride > 0 && detail.distinct > 1
    return {
      statistics,
      detail,
      fingerprint: fingerprintNumbers(values),
      sample: isCompared ? everyNth(values, stride) : null
    }
  }
  const { codes, texts } = readWords(column)
  checkpoint()
  const detail = describeWords(codes, texts)
  const { present, distinct } = detail
  return {
    statistics: { name: column.name, missing: codes.length - present, present, distinct, flags: flagsOf(detail) },
    detail,
    fingerprint: fingerprintWords(codes, texts),
    sample: null
  }
}

function flagsOf({ present, distinct, top }: NumberStatistics | WordStatistics): ColumnFlag[] {
  if (present === 0) return [{ kind: 'empty' }]
  if (distinct === 1) return [{ kind: 'constant' }]
  const [first] = top
  const share = (first?.count ?? 0) / present
  return share >= NEARLY_CONSTANT_SHARE ? [{ kind: 'nearlyConstant', value: first!.value, share }] : []
}

/** An infinite value has no correlation with anything: it counts as missing. */
function everyNth(values: Float64Array, stride: number): Float64Array {
  return Float64Array.from({ length: Math.ceil(values.length / stride) }, (_, i) => {
    const value = values[i * stride]!
    return Number.isFinite(value) ? value : NaN
  })
}

/** The strongest partner of each column, where there is one that is strong enough. */
export function strongPartners(
  samples: readonly Float64Array[],
  watch: Watch
): ({ partner: number; r: number } | null)[] {
  const { r } = pearson(samples, watch)
  const p = samples.length
  return samples.map((_, i) => {
    let best: { partner: number; r: number } | null = null
    for (let j = 0; j < p; j++) {
      const value = r[i * p + j]!
      // three rows: on two, every pair of columns is perfectly correlated
      if (i === j || Number.isNaN(value) || Math.abs(value) < STRONG_CORRELATION || samples[i]!.length < 3) continue
      if (best === null || Math.abs(value) > Math.abs(best.r)) best = { partner: j, r: value }
    }
    return best
  })
}

/** @param columns of numbers, of one length */
export function correlate(
  columns: readonly StoredColumn[],
  method: CorrelationMethod,
  stride: number,
  watch: Watch = unwatched
): CorrelationTable {
  const samples = columns.map((column) => everyNth(readNumbers(column), stride))
  const { r, n } = (method === 'pearson' ? pearson : spearman)(samples, watch)
  const orderBy = (distance: (r: number) => number): Int32Array =>
    clusterOrder(
      r.map((value) => (Number.isNaN(value) ? 1 : Math.max(0, distance(value)))),
      columns.length,
      watch.checkpoint
    )
  return {
    r,
    n,
    byStrength: orderBy((value) => 1 - Math.abs(value)),
    bySign: orderBy((value) => 1 - value),
    rows: samples[0]?.length ?? 0
  }
}
