import { dialectOf, headerLines, toleranceOf, type ScriptFacts } from './facts.ts'

/** A text as R writes it: JSON's escapes are R's, too. */
const literal = (value: string): string => JSON.stringify(value)

/** Parts of a vector of ours have at most this many entries: R's parser has a limit for one call. */
const PART = 3000

function vector(values: readonly (number | string)[]): string {
  const words = values.map((value) => (typeof value === 'string' ? literal(value) : String(value)))
  const lines: string[] = []
  for (let i = 0; i < words.length; i += 6) lines.push(words.slice(i, i + 6).join(', '))
  const part = (from: number): string => `c(${lines.slice(from, from + PART / 6).join(',\n  ')})`
  const parts = Array.from({ length: Math.max(1, Math.ceil(words.length / PART)) }, (_, i) => part((i * PART) / 6))
  return parts.length === 1 ? parts[0]! : `c(${parts.join(',\n')})`
}

const matrix = (rows: readonly (readonly number[])[]): string =>
  `matrix(${vector(rows.flat())}, nrow = ${rows.length}, byrow = TRUE)`

function reading(facts: ScriptFacts): string {
  const { delimiter, decimal, quote, encoding, headerRow, missingTokens } = dialectOf(facts)
  const encoded = encoding === 'utf-8' ? 'UTF-8-BOM' : encoding
  return `table <- read.table(path, header = TRUE, sep = ${literal(delimiter)}, dec = ${literal(decimal)}, quote = ${literal(quote)},
  skip = ${(headerRow ?? 1) - 1}, na.strings = ${vector(missingTokens)}, fileEncoding = ${literal(encoded)},
  check.names = FALSE, comment.char = "", strip.white = TRUE, fill = FALSE)`
}

const scales: Record<ScriptFacts['params']['scale'], string> = {
  none: 'rep(1, ncol(x))',
  unit: 'spread(divisor)',
  pareto: 'sqrt(spread(divisor))',
  range: 'apply(x, 2, function(v) max(v) - min(v))',
  robust: 'apply(x, 2, mad, constant = 1.482602218505602)'
}

/** The analysis as an R script without packages: it stops with an error where a number does not agree. */
export function rScript(facts: ScriptFacts): string {
  const { params, summary, expected, supplementary, provenance } = facts
  const { columns, weight } = params
  const { projected } = expected
  const k = summary.nComponents
  const centres = { mean: 'average', median: 'apply(x, 2, median)', none: 'rep(0, ncol(x))' }
  return `${headerLines(facts)
    .map((line) => `# ${line}`)
    .join('\n')}
# Needs R 3.5 or newer, no packages: Rscript <this file> [another table].
arguments <- commandArgs(trailingOnly = FALSE)
script <- sub("^--file=", "", arguments[grepl("^--file=", arguments)])
given <- commandArgs(trailingOnly = TRUE)
path <- if (length(given) > 0) given[1] else file.path(dirname(c(script, ".")[1]), ${literal(facts.file)})
${
  facts.instead === null
    ? `if (file.size(path) != ${provenance.source.bytes}) {
  stop(path, " is not the file that was analysed: it has another size")
}
`
    : ''
}
# 1. Read the table
${reading(facts)}
columns <- ${vector(columns)}
x <- as.matrix(table[, columns, drop = FALSE])
stopifnot(is.numeric(x))
${projected.rows.length === 0 ? '' : 'whole <- x\n'}
# 2. Rows: what is projected only, and missing cells
fitted <- rep(TRUE, nrow(x))
${supplementary.length === 0 ? '' : `fitted[${vector(supplementary.map((row) => row + 1))}] <- FALSE\n`}${
    params.missing === 'mean'
      ? `x <- apply(x[fitted, , drop = FALSE], 2, function(v) replace(v, is.na(v), mean(v, na.rm = TRUE)))`
      : `fitted <- fitted & stats::complete.cases(x)
x <- x[fitted, , drop = FALSE]`
  }
n <- nrow(x)
divisor <- ${params.divisor === 'n' ? 'n' : 'n - 1'}
${
  weight === null
    ? 'w <- rep(1, n)'
    : `w <- table[fitted, ${literal(weight)}]
w <- w / mean(w) # row weights, of mean 1`
}

# 3. Centre and scale
average <- colSums(w * x) / n
constant <- apply(x[w > 0, , drop = FALSE], 2, function(v) max(v) == min(v))
# Standard deviation of each column; 1 where it is constant.
spread <- function(by) ifelse(constant, 1, sqrt(colSums(w * sweep(x, 2, average)^2) / by))
centre <- ${centres[params.centre]}
scale <- ${scales[params.scale]}
${
  params.scale === 'range' || params.scale === 'robust'
    ? 'scale <- ifelse(scale > 0, scale, spread(n - 1)) # a scale of 0 gives way to the standard deviation\n'
    : ''
}scale <- ifelse(constant, 1, scale)
z <- sweep(sweep(x, 2, centre), 2, scale, "/")

# 4. Principal components
${
  weight === null
    ? `pca <- prcomp(z, center = FALSE, scale. = FALSE)
components <- t(pca$rotation)[seq_len(${k}), , drop = FALSE]
variance <- pca$sdev^2 * (n - 1) / divisor`
    : `# prcomp takes no row weights: the singular value decomposition itself.
decomposed <- svd(sqrt(w) * z)
components <- t(decomposed$v)[seq_len(${k}), , drop = FALSE]
variance <- decomposed$d^2 / divisor`
}
share <- (variance / sum(variance))[seq_len(${k})]
variance <- variance[seq_len(${k})]
# The largest entry of each component is positive.
components <- components * apply(components, 1, function(v) sign(v[which.max(abs(v))]))
scores <- z %*% t(components)

# 5. The numbers expected
expected.centre <- ${vector(summary.mean)}
expected.scale <- ${vector(summary.scale)}
expected.variance <- ${vector(summary.explainedVariance)}
expected.share <- ${vector(summary.explainedVarianceRatio)}
spectrum <- ${vector(expected.spectrum)} # one more than was kept, where there is one
expected.components <- ${matrix(expected.components)}
rows <- ${vector(expected.rows.map((row) => row + 1))} # among the fitted ones, from 1
expected.scores <- ${matrix(expected.scores)}
${
  projected.rows.length === 0
    ? ''
    : `# Rows of the table that were projected only, from 1.
projected <- ${vector(projected.rows.map((row) => row + 1))}
projected.scores <- sweep(sweep(whole[projected, , drop = FALSE], 2, centre), 2, scale, "/") %*% t(components)
expected.projected <- ${matrix(projected.scores)}
`
}tolerance <- ${toleranceOf(summary)}
failures <- character(0)
# Differences count against the size of the numbers, a constant or one a column.
compare <- function(name, found, wanted, size) {
  worst <- max(abs(found - wanted) / size)
  cat(sprintf("%s: largest difference %.1e\\n", name, worst))
  if (!isTRUE(worst <= tolerance)) failures <<- c(failures, name)
}
compare("rows", n, ${summary.nSamples}, 1)
compare("centre", centre, expected.centre, pmax(apply(abs(x), 2, max), 1e-300))
compare("scale", scale, expected.scale, expected.scale)
compare("explained variance", variance, expected.variance, expected.variance[1])
compare("share of the variance", share, expected.share, 1)
for (i in seq_len(nrow(expected.components))) {
  gap <- if (length(spectrum) > 1) min(abs(spectrum[-i] - spectrum[i])) / spectrum[1] else 1
  if (gap < 1e-6 || spectrum[i] < 1e-10 * spectrum[1]) {
    cat(sprintf("PC%d: its axis is not determined, for its variance is that of another, or none\\n", i))
    next
  }
  direction <- sign(sum(components[i, ] * expected.components[i, ]))
  compare(sprintf("PC%d", i), direction * components[i, ], expected.components[i, ], 1)
  compare(sprintf("scores on PC%d", i), direction * scores[rows, i], expected.scores[, i], sqrt(spectrum[1]))
${
  projected.rows.length === 0
    ? ''
    : `  size <- pmax(sqrt(spectrum[1]), abs(expected.projected[, i]))
  compare(sprintf("projected rows on PC%d", i), direction * projected.scores[, i], expected.projected[, i], size)
`
}}
if (length(failures) > 0) stop("These differ: ", paste(failures, collapse = ", "))
cat("Everything agrees.\\n")
`
}
