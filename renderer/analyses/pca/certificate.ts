import { closeAxes, closeAxesSentence } from '../../../core/analyses/pca/figures/close-axes.ts'
import type { PcaSummary } from '../../../core/analyses/pca/spec.ts'
import { formatCount, formatNumber, formatPlural, formatSignificant } from '../../ui/format.ts'
import type { CertificateEntry } from '../certificate.ts'

/** Rows and columns named before the rest is counted. */
const NAMED = 3

const SOLVER_NAMES: Record<PcaSummary['solver'], string> = {
  'eigh-covariance': 'eigen, covariance',
  'eigh-gram': 'eigen, Gram',
  krylov: 'Krylov',
  randomized: 'randomized'
}

/** How exact a PCA is and what it used, a line each. */
export function certificateOf(summary: PcaSummary, nRows: number): CertificateEntry[] {
  const { certificate, dropped, imputed, supplementary } = summary
  const filled = Object.entries(imputed)
  const divisor = summary.divisor === 'n' ? 'n' : 'n − 1'
  const { closest } = closeAxes(summary.explainedVariance, certificate.eigengap, summary.nSamples)
  const entries: CertificateEntry[] = [
    {
      name: 'Residual',
      // An approximate solver may be off by millions of roundings.
      value:
        certificate.residual < 1000
          ? formatNumber(certificate.residual, 2)
          : formatSignificant(certificate.residual, 3),
      bound: 'of 10',
      title: 'Largest ‖Cv − λv‖ of the kept components / (p · ulp · λ₁); below 10 is as good as LAPACK'
    },
    {
      name: 'Orthogonality',
      value: formatNumber(certificate.orthogonality, 2),
      bound: 'of 10',
      title: '‖I − VᵀV‖ / (n · ulp); below 10 is as good as LAPACK'
    },
    {
      name: 'Smallest eigengap',
      value: certificate.eigengap === null ? 'none' : formatSignificant(certificate.eigengap, 3),
      ...(closest && { bound: closest.map((k) => `PC${k + 1}`).join(', ') }),
      title:
        'Smallest gap between neighbouring eigenvalues, relative to the largest, and whose it is; near 0 two components can be turned into each other'
    },
    { name: 'Rows used', value: `${formatCount(summary.nSamples)} of ${formatCount(nRows)}` }
  ]
  if (supplementary.rows > 0) {
    entries.push({
      name: 'Supplementary',
      value: formatPlural(supplementary.rows, 'row'),
      title: 'Projected onto the components and not fitted'
    })
  }
  if (dropped.length > 0) {
    const lines = dropped.slice(0, NAMED).map((row) => row.line)
    const more = dropped.length > NAMED ? ` and ${formatCount(dropped.length - NAMED)} more` : ''
    entries.push({
      name: 'Dropped',
      value: formatPlural(dropped.length, 'row'),
      title: `Missing cells in file line${dropped.length === 1 ? '' : 's'} ${lines.join(', ')}${more}`
    })
  }
  if (filled.length > 0) {
    entries.push({
      name: summary.imputeComponents ? 'Filled by iterative PCA' : 'Filled with the mean',
      value: formatPlural(
        filled.reduce((sum, [, count]) => sum + count, 0),
        'cell'
      ),
      title: filled.map(([name, count]) => `${name}: ${count}`).join(', ')
    })
  }
  entries.push(
    {
      name: 'Solver',
      value: SOLVER_NAMES[summary.solver],
      title: summary.solverReason
    },
    {
      name: 'Sign rule, divisor',
      value: `largest +, ${divisor}`,
      title: `The largest entry of each component is positive; variances divide by ${divisor}`
    }
  )
  return entries
}

/** Honest remarks on a PCA, a sentence each: those of the run, and which axes other rows would turn. */
export function remarksOn({ explainedVariance, certificate, nSamples, notes }: PcaSummary): string[] {
  const sentence = closeAxesSentence(closeAxes(explainedVariance, certificate.eigengap, nSamples).nearlyEqual)
  return sentence === null ? notes : [...notes, sentence]
}
