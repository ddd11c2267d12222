import type { Provenance } from '../../contract/export.ts'
import type { DatasetInfo } from '../../contract/session.ts'
import { commaDialect, type Dialect } from '../../contract/table.ts'
import type { PcaParams, PcaSummary } from '../../analyses/pca/spec.ts'
import { oneLine } from './one-line.ts'

/** A PCA as a script in another language does it again, with the numbers it must find. */
export interface ScriptFacts {
  software: string
  /** of the result */
  name: string
  provenance: Provenance
  /** the file the script reads, in its own folder unless told otherwise */
  file: string
  /** why that is not the file that was imported; null where it is */
  instead: string | null
  params: PcaParams
  summary: PcaSummary
  /** rows of the table that are projected and not fitted, 0-based */
  supplementary: readonly number[]
  expected: ExpectedNumbers
}

/** Numbers of the result; only the first components and a few rows where there are many. */
export interface ExpectedNumbers {
  /** every eigenvalue that was computed, at least those of the kept components */
  spectrum: readonly number[]
  /** k × p */
  components: readonly (readonly number[])[]
  /** positions among the fitted rows, 0-based, and their scores on as many components */
  rows: readonly number[]
  scores: readonly (readonly number[])[]
  /** rows of the table that were projected and not fitted, 0-based, none of whose cells were filled, and their scores */
  projected: { rows: readonly number[]; scores: readonly (readonly number[])[] }
}

/** How the file is read: the dialect that was found, or a plain CSV of ours. */
export function dialectOf({ provenance, instead }: ScriptFacts): Dialect {
  return instead === null ? { ...commaDialect, ...(provenance.source.dialect as Partial<Dialect>) } : commaDialect
}

/** Numbers of components that stand in a script, at most (one component always does), and rows of scores. */
const COMPONENT_NUMBERS = 4000
const SCORE_ROWS = 12
const MOST_COMPONENTS = 20

/** Picks what a script compares.
 * @param components K×p row-major @param scoresOf scores of some rows on some components, row-major
 * @param projected rows of the table that were projected, those left out whose cells were filled, and their scores by place */
export function expectedNumbers(
  summary: PcaSummary,
  components: ArrayLike<number>,
  scoresOf: ScoresOf,
  spectrum: ArrayLike<number>,
  projected: { rows: readonly number[]; places: readonly number[]; scoresOf: ScoresOf }
): ExpectedNumbers {
  const { nComponents, nFeatures, nSamples } = summary
  const kept = Math.min(nComponents, MOST_COMPONENTS, Math.max(1, Math.floor(COMPONENT_NUMBERS / nFeatures)))
  const rows = spreadOver(nSamples)
  const row = (data: ArrayLike<number>, at: number, length: number): number[] =>
    Array.from({ length }, (_, i) => data[at + i]!)
  const first = Array.from({ length: kept }, (_, k) => k)
  const tableOf = (numbers: ArrayLike<number>, count: number): number[][] =>
    Array.from({ length: count }, (_, i) => row(numbers, i * kept, kept))
  const shown = spreadOver(projected.rows.length)
  return {
    spectrum: row(spectrum, 0, Math.min(spectrum.length, nComponents + 1)),
    components: Array.from({ length: kept }, (_, k) => row(components, k * nFeatures, nFeatures)),
    rows,
    scores: tableOf(scoresOf(rows, first), rows.length),
    projected: {
      rows: shown.map((at) => projected.rows[at]!),
      scores:
        shown.length === 0
          ? []
          : tableOf(
              projected.scoresOf(
                shown.map((at) => projected.places[at]!),
                first
              ),
              shown.length
            )
    }
  }
}

type ScoresOf = (rows: number[], columns: number[]) => ArrayLike<number>

/** A few places among many, from the first on. */
function spreadOver(many: number): number[] {
  const count = Math.min(SCORE_ROWS, many)
  return Array.from({ length: count }, (_, i) => Math.floor((i * many) / count))
}

/** Encodings that Python and R know under these names. */
const SHARED_ENCODINGS = new Set(['utf-8', 'windows-1252', 'windows-1250', 'windows-1251', 'iso-8859-2', 'iso-8859-15'])

/** Why a script cannot read the imported file by itself, or null where it can: then its dialect says all there is to say. */
export function whyNotTheFile(dataset: DatasetInfo, { missing }: Pick<PcaParams, 'missing'>): string | null {
  const { dialect, typed, fileName, chosenTypes = [] } = dataset.source
  if (missing === 'iterative') return 'missing cells were filled by iterative PCA, which is done here beforehand'
  if (dataset.preparation) return 'the steps of the preparation were done beforehand'
  if (typed || /\.(gz|zip|parquet|npy|npz)$/i.test(fileName)) return `${fileName} is no plain text`
  if (dataset.problems.counts.NOT_A_NUMBER || dataset.nRowsLeftOut > 0) return 'some cells or lines of it were mended'
  if (dataset.problems.total > 0 || chosenTypes.length > 0) return 'it was not taken as it stands'
  const { headerRow, headerRows, firstDataRow, footerRows, lastDataRow, comment, escape, repeated, signs } = dialect
  const plain =
    headerRow !== null &&
    headerRows === 1 &&
    firstDataRow === headerRow + 1 &&
    footerRows === 0 &&
    lastDataRow === null &&
    comment === '' &&
    escape === '' &&
    !repeated &&
    signs.length === 0 &&
    dialect.delimiter.length === 1 &&
    dialect.thousands === '' &&
    SHARED_ENCODINGS.has(dialect.encoding)
  return plain ? null : 'its dialect cannot be said in one line of the script'
}

/** What stands above the code, one line each. */
export function headerLines(facts: ScriptFacts): string[] {
  const { provenance, summary, params, instead } = facts
  const { source, steps } = provenance
  return [
    `${facts.name}: principal components of ${provenance.dataset}, as ${facts.software} computed them.`,
    `Source: ${source.fileName}, ${source.bytes} bytes, SHA-256 ${source.sha256}.`,
    ...(steps.length === 0
      ? []
      : ['Preparation, done before this script:', ...steps.map((step, i) => `  ${i + 1}. ${step}.`)]),
    ...(instead === null ? [] : [`It reads ${facts.file}, written beside this script, for ${instead}.`]),
    `${summary.nSamples} rows × ${summary.nFeatures} columns, ${summary.nComponents} components; centre: ${params.centre}; ` +
      `scale: ${params.scale}; missing: ${params.missing}; divisor: ${params.divisor}; solver: ${summary.solver}.`,
    'Each number that is compared stands below. A sign is arbitrary: axes are compared in the direction that agrees.'
  ].map(oneLine)
}

/** Digits that must agree: an approximate solver promises fewer. */
export const toleranceOf = ({ solver }: PcaSummary): number => (solver === 'randomized' ? 1e-3 : 1e-7)
