import { methods, type Method } from '../../core/analyses/factorization/figures/purpose.ts'
import type { AnalysisInfo } from '../../core/contract/session.ts'
import type { MenuEntry } from '../ui/menu.ts'

/** LIBMF's form has factors and nothing else: biases become factors, weights between items cannot.
 * @returns why a method has none; undefined where it has */
function whyNoFactors(method: Method): string | undefined {
  const { purpose, keys, title } = methods[method]
  return purpose === 'ratings' || keys.includes('nFactors') ? undefined : `${title} has no factors`
}

const reports: MenuEntry[] = [
  { id: 'report html', label: 'Report as a web page', icon: 'file-braces' },
  { id: 'report pdf', label: 'Report as PDF', icon: 'file-braces' }
]

const ofPca: MenuEntry[] = [
  { id: 'model', label: 'Model as JSON', icon: 'file-braces' },
  { id: 'script python', label: 'Python script', icon: 'file-braces' },
  { id: 'script r', label: 'R script', icon: 'file-braces' },
  ...reports,
  { id: 'project', label: 'Project other rows…', icon: 'chart-scatter' }
]

const ofSvd: MenuEntry[] = [
  { id: 'svd json', label: 'Model as JSON', icon: 'file-braces' },
  { id: 'svd npz', label: 'Model as NumPy arrays', icon: 'file-braces' },
  { id: 'svd python', label: 'Python script', icon: 'file-braces' },
  ...reports
]

function ofFactorization(method: Method): MenuEntry[] {
  const reason = whyNoFactors(method)
  return [
    { id: 'lists', label: 'Recommendations…', icon: 'list-checks' },
    { id: 'predictions', label: 'Predictions for a table…', icon: 'table-2' },
    { id: 'factors json', label: 'Model as JSON', icon: 'file-braces' },
    { id: 'factors npz', label: 'Model as NumPy arrays', icon: 'file-braces' },
    {
      id: 'factors libmf',
      label: reason === undefined ? 'Model for LIBMF' : `Model for LIBMF: ${reason}`,
      icon: 'file-braces',
      disabled: reason !== undefined
    },
    { id: 'factors python', label: 'Python script that scores', icon: 'file-braces' },
    ...reports
  ]
}

/** What of an analysis itself can be carried away, beside its tables and pictures: for its menu and for the palette. */
export function analysisEntries({ kind, params }: Pick<AnalysisInfo, 'kind' | 'params'>): MenuEntry[] {
  if (kind === 'pca') return ofPca
  return kind === 'svd' ? ofSvd : ofFactorization(params['method'] as Method)
}
