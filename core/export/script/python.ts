import { dialectOf, headerLines, toleranceOf, type ScriptFacts } from './facts.ts'

/** JSON is how Python writes lists, numbers and texts, too. */
const literal = (value: unknown): string => JSON.stringify(value)

function list(values: readonly number[], indent = ''): string {
  const lines: string[] = []
  for (let i = 0; i < values.length; i += 6)
    lines.push(
      values
        .slice(i, i + 6)
        .map(String)
        .join(', ')
    )
  return lines.length <= 1 ? `[${lines[0] ?? ''}]` : `[\n${indent}    ${lines.join(`,\n${indent}    `)},\n${indent}]`
}

const table = (rows: readonly (readonly number[])[]): string =>
  `np.array([\n${rows.map((row) => `    ${list(row, '    ')},\n`).join('')}])`

function reading(facts: ScriptFacts): string {
  const { delimiter, decimal, quote, encoding, headerRow, missingTokens } = dialectOf(facts)
  const options = [
    `sep=${literal(delimiter)}`,
    `decimal=${literal(decimal)}`,
    // An empty sign means that quotes are letters like others.
    quote === '' ? 'quoting=3' : `quotechar=${literal(quote)}`,
    `encoding=${literal(encoding === 'utf-8' ? 'utf-8-sig' : encoding)}`,
    `skiprows=${(headerRow ?? 1) - 1}`,
    `na_values=${literal(missingTokens)}`,
    'keep_default_na=False',
    'skipinitialspace=True',
    'float_precision="round_trip"'
  ]
  return `table = pd.read_csv(\n    path,\n${options.map((option) => `    ${option},\n`).join('')})
table.columns = [str(name).strip() for name in table.columns]`
}

const check = (source: string, sha256: string): string => `with open(path, "rb") as opened:
    found = hashlib.sha256(opened.read()).hexdigest()
if found != ${literal(sha256)}:
    sys.exit(f"{path} is not the file ${source} that was analysed: its SHA-256 is {found}")
`

const scales: Record<ScriptFacts['params']['scale'], string> = {
  none: 'np.ones(x.shape[1])',
  unit: 'spread(divisor)',
  pareto: 'np.sqrt(spread(divisor))',
  range: 'np.ptp(x, axis=0)',
  robust: '1.482602218505602 * np.median(np.abs(x - np.median(x, axis=0)), axis=0)'
}

/** The analysis as a Python script (numpy, pandas, scikit-learn): it ends with code 0 where every number agrees. */
export function pythonScript(facts: ScriptFacts): string {
  const { params, summary, expected, supplementary, provenance } = facts
  const { columns, weight } = params
  const { projected } = expected
  const plain = params.centre === 'mean' && weight === null
  const centres = { mean: 'mean', median: 'np.median(x, axis=0)', none: 'np.zeros(x.shape[1])' }
  const used = weight === null ? 'columns' : `columns + [${literal(weight)}]`
  return `${headerLines(facts)
    .map((line) => `# ${line}`)
    .join('\n')}
# Needs Python 3.8 or newer with numpy, pandas${plain ? ' and scikit-learn' : ''}. Another file is named as an argument.
import hashlib
import os
import sys

import numpy as np
import pandas as pd
${plain ? 'from sklearn.decomposition import PCA\n' : ''}
path = sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.path.dirname(os.path.abspath(__file__)), ${literal(facts.file)})
${facts.instead === null ? check(provenance.source.fileName, provenance.source.sha256) : ''}
# 1. Read the table
${reading(facts)}
columns = ${columnList(columns)}
table = table[${used}].apply(pd.to_numeric)

# 2. Rows: what is projected only, and missing cells
supplementary = np.zeros(len(table), dtype=bool)
supplementary[${list(supplementary)}] = True
fitted = table[~supplementary]
${
  params.missing === 'mean'
    ? `means = fitted[columns].mean()  # of the cells that are there
fitted = fitted.fillna(means)`
    : 'fitted = fitted.dropna(subset=columns)'
}
x = fitted[columns].to_numpy(dtype=float)
n = len(x)
divisor = ${params.divisor === 'n' ? 'n' : 'n - 1'}
${
  weight === null
    ? 'w = np.ones(n)'
    : `w = fitted[${literal(weight)}].to_numpy(dtype=float)
w = w / w.mean()  # row weights, of mean 1`
}

# 3. Centre and scale
mean = np.average(x, axis=0, weights=w)
constant = np.ptp(x[w > 0], axis=0) == 0


def spread(by):
    """Standard deviation of each column; 1 where it is constant."""
    squares = (w[:, None] * (x - mean) ** 2).sum(axis=0)
    return np.where(constant, 1, np.sqrt(squares / by))


centre = ${centres[params.centre]}
scale = ${scales[params.scale]}
${
  params.scale === 'range' || params.scale === 'robust'
    ? 'scale = np.where(scale > 0, scale, spread(n - 1))  # a scale of 0 gives way to the standard deviation\n'
    : ''
}scale = np.where(constant, 1, scale)
z = (x - centre) / scale

# 4. Principal components
${
  plain
    ? `pca = PCA(n_components=${summary.nComponents}, svd_solver="full").fit(z)
components = pca.components_
variance = pca.explained_variance_ * (n - 1) / divisor
share = pca.explained_variance_ratio_`
    : `# Not about the mean, or with row weights: the singular value decomposition itself, which scikit-learn's PCA is made of.
_, s, components = np.linalg.svd(np.sqrt(w)[:, None] * z, full_matrices=False)
components = components[:${summary.nComponents}]
variance = s[:${summary.nComponents}] ** 2 / divisor
share = s[:${summary.nComponents}] ** 2 / (s**2).sum()`
}
# The largest entry of each component is positive.
largest = np.abs(components).argmax(axis=1)
components = components * np.sign(components[np.arange(len(components)), largest])[:, None]
scores = z @ components.T

# 5. The numbers expected
expected_n = ${summary.nSamples}
expected_centre = np.array(${list(summary.mean)})
expected_scale = np.array(${list(summary.scale)})
expected_variance = np.array(${list(summary.explainedVariance)})
expected_share = np.array(${list(summary.explainedVarianceRatio)})
spectrum = np.array(${list(expected.spectrum)})  # one more than was kept, where there is one
expected_components = ${table(expected.components)}
rows = ${list(expected.rows)}  # among the fitted ones, from 0
expected_scores = ${table(expected.scores)}
${
  projected.rows.length === 0
    ? ''
    : `# Rows of the table that were projected only, from 0.
projected = ${list(projected.rows)}
projected_scores = (table.iloc[projected][columns].to_numpy(dtype=float) - centre) / scale @ components.T
expected_projected = ${table(projected.scores)}
`
}tolerance = ${toleranceOf(summary)}
failures = []


def compare(name, found, wanted, size):
    """Differences count against the size of the numbers, a constant or one a column."""
    worst = np.max(np.abs(np.asarray(found) - np.asarray(wanted)) / size)
    print(f"{name}: largest difference {worst:.1e}")
    if not worst <= tolerance:
        failures.append(name)


compare("rows", n, expected_n, 1)
compare("centre", centre, expected_centre, np.maximum(np.abs(x).max(axis=0), 1e-300))
compare("scale", scale, expected_scale, expected_scale)
compare("explained variance", variance, expected_variance, expected_variance[0])
compare("share of the variance", share, expected_share, 1)
for k, wanted in enumerate(expected_components):
    others = np.delete(spectrum, k)
    gap = np.min(np.abs(others - spectrum[k])) / spectrum[0] if len(others) else 1
    if gap < 1e-6 or spectrum[k] < 1e-10 * spectrum[0]:
        print(f"PC{k + 1}: its axis is not determined, for its variance is that of another, or none")
        continue
    sign = np.sign(components[k] @ wanted)
    compare(f"PC{k + 1}", sign * components[k], wanted, 1)
    compare(f"scores on PC{k + 1}", sign * scores[rows, k], expected_scores[:, k], np.sqrt(spectrum[0]))
${
  projected.rows.length === 0
    ? ''
    : `    size = np.maximum(np.sqrt(spectrum[0]), np.abs(expected_projected[:, k]))
    compare(f"projected rows on PC{k + 1}", sign * projected_scores[:, k], expected_projected[:, k], size)
`
}
if failures:
    sys.exit("These differ: " + ", ".join(failures))
print("Everything agrees.")
`
}

function columnList(columns: readonly string[]): string {
  const one = literal(columns)
  return one.length < 100 ? one : `[\n${columns.map((name) => `    ${literal(name)},\n`).join('')}]`
}
