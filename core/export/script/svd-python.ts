import type { SvdSummary } from '../../analyses/svd/spec.ts'
import type { SvdModelHead } from '../../contract/svd-model.ts'
import { oneLine } from './one-line.ts'

/** JSON is how Python writes texts, too. */
const literal = (value: unknown): string => JSON.stringify(value)

/** Up to this smaller side, or where a third of all factors is kept, the script takes the whole decomposition. */
const SMALL_SIDE = 1000

const placing: Record<SvdModelHead['source'], string> = {
  columns: '',
  triplets: '',
  text: `

def words_of(text):
    """Words by a simple rule; the app's follow the dictionaries of ICU, which tell Thai, Chinese and Japanese words apart."""
    found = re.findall(r"\\w+(?:['’]\\w+)*", unicodedata.normalize("NFC", text).lower())
    words = [w for w in found if (len(w) > 1 or ord(w) >= 0x2E80) and w not in stop_words]
    return words + ([f"{a} {b}" for a, b in zip(words, words[1:])] if about["text"]["ngrams"] == "pairs" else [])


def count(texts):
    """Texts as documents × the terms of the model; other terms are left out."""
    place = {term: j for j, term in enumerate(columns)}
    at = [(i, place[w]) for i, text in enumerate(texts) for w in words_of(text) if w in place]
    rows, terms = np.array(at, dtype=int).reshape(-1, 2).T
    return csr_matrix((np.ones(len(at)), (rows, terms)), shape=(len(texts), len(columns)))


def weigh(counts):
    """TF-IDF as in the app and in scikit-learn: count · idf, rows of length 1."""
    weighed = counts.tocsr().astype(float)
    if about["text"]["sublinear"]:
        weighed.data = 1 + np.log(weighed.data)
    weighed = weighed @ diags(model["idf"])
    length = np.sqrt(np.asarray(weighed.multiply(weighed).sum(axis=1)).ravel())
    return diags(1 / np.where(length > 0, length, 1)) @ weighed
`
}

const asking = `
if len(sys.argv) > 1:
    point = place(weigh(count(sys.argv[1:2])))[0]
    if not np.any(point):
        sys.exit("None of its words is a term of the model.")
    coordinates = model["leftVectors"] * sigma
    length = np.linalg.norm(coordinates, axis=1)
    cosine = coordinates @ point / np.where(length > 0, length, 1) / np.linalg.norm(point)
    for i in np.argsort(-cosine, kind="stable")[:10]:
        print(f"{cosine[i]:.4f}\\t{rows[i]}")
    sys.exit(0)
`

/** A truncated SVD as a program in Python that makes it again with numpy (and scipy, where the matrix is sparse) from the matrix in
 * the NPZ file beside it, and compares every number; of text it also weighs the counts anew, and places new texts.
 * @param file name of the NPZ file */
export function svdPython(head: SvdModelHead, summary: SvdSummary, file: string): string {
  const { source } = head
  const isSparse = source !== 'columns'
  const isText = source === 'text'
  // The randomized solver promises no digits: what it found is held to its own certificate alone.
  const isExact = summary.solver !== 'randomized'
  const { residual, orthogonality } = summary.certificate
  return `# ${oneLine(head.name)}: truncated SVD, ${summary.nFactors} factors of ${summary.nRows} × ${summary.nColumns}, nothing centred.
# Written by ${head.software} from ${oneLine(head.provenance.source.fileName)}. Needs Python 3.8 or newer with numpy${isSparse ? ' and scipy' : ''}.
# ${
    isText ? 'python3 thisfile.py "A new text" prints the documents nearest to it; without words it' : 'It'
  } makes the decomposition again and asserts that the numbers are those of the app.
import json
import os
${isText ? 'import re\n' : ''}import sys
${isText ? 'import unicodedata\n' : ''}
import numpy as np
${isSparse ? `from scipy.sparse import csr_matrix${isText ? ', diags' : ''}\nfrom scipy.sparse.linalg import svds\n` : ''}
folder = os.path.dirname(os.path.abspath(__file__))
model = dict(np.load(os.path.join(folder, ${literal(file)})))
about = json.loads(str(model["about"]))
rows = [str(name) for name in model["rows"]]
columns = [str(name) for name in model["columns"]]
sigma = model["singularValues"]
${isText ? 'stop_words = set(about["text"]["stopWords"])\n' : ''}${placing[source]}

def place(a):
    """Coordinates of rows on the factors: of a row of the fit U · sigma."""
    return np.asarray(a @ model["rightVectors"])

${isText ? asking : ''}
# 1. The matrix${isText ? ', counts of terms weighed' : ''}
${
  isSparse
    ? `stored = csr_matrix(
    (model["matrixValues"], model["matrixColumns"], model["matrixStarts"]), shape=(len(rows), len(columns))
)
`
    : ''
}a = ${isText ? 'weigh(stored)' : isSparse ? 'stored' : 'model["matrix"]'}

# 2. The decomposition
k = len(sigma)
smaller = min(a.shape)
${
  isSparse
    ? `if smaller <= ${SMALL_SIDE} or 3 * k > smaller:
    u, s, vt = np.linalg.svd(a.toarray(), full_matrices=False)
else:
    u, s, vt = svds(a, k=k, v0=np.ones(smaller))
    u, s, vt = u[:, ::-1], s[::-1], vt[::-1]
`
    : 'u, s, vt = np.linalg.svd(a, full_matrices=False)\n'
}
# 3. The comparison
failures = []


def compare(name, found, wanted, size, tolerance):
    """Differences count against the size of the numbers."""
    worst = float(np.max(np.abs(np.asarray(found) - np.asarray(wanted)))) / size
    print(f"{name}: largest difference {worst:.1e}")
    if not worst <= tolerance:
        failures.append(name)


norm = np.sqrt((a.data**2).sum()) if hasattr(a, "tocsr") else np.linalg.norm(a)
compare("norm", norm, ${head.frobeniusNorm}, norm, 1e-12)
${
  isText
    ? `documents = np.bincount(stored.indices, minlength=len(columns))
compare("documents of each term", documents, model["documentCounts"], 1, 0)
compare("idf", np.log((1 + len(rows)) / (1 + documents)) + 1, model["idf"], 1, 1e-12)
`
    : ''
}compare("share of the norm", sigma**2 / norm**2, ${literal(summary.normShare)}, 1, 1e-12)
unit = max(a.shape) * np.finfo(float).eps
# What the app says of itself, in units of rounding, and as much again for the rounding here.
error = np.linalg.norm(place(a) - model["leftVectors"] * sigma, axis=0)
compare("A · V against U · sigma", error, 0, sigma[0], unit * ${10 + 2 * residual})
for name in ("leftVectors", "rightVectors"):
    compare(f"{name}, orthogonality", model[name].T @ model[name], np.eye(k), 1, unit * ${10 + 2 * orthogonality})
${
  isExact
    ? `compare("singular values", s[:k], sigma, sigma[0], 1e-10)
for i in range(k):
    others = np.delete(s, i)
    gap = float(np.min(np.abs(others - s[i]))) / s[0] if len(others) else 1.0
    if gap < 1e-6 or s[i] < 1e-10 * s[0] or (i == k - 1 and len(s) == k < smaller):
        print(f"factor {i + 1}: its vectors are not determined, for its singular value is that of another, or none")
        continue
    sign = np.sign(vt[i] @ model["rightVectors"][:, i])
    compare(f"factor {i + 1}, rows", sign * u[:, i], model["leftVectors"][:, i], 1, 1e-7)
    compare(f"factor {i + 1}, columns", sign * vt[i], model["rightVectors"][:, i], 1, 1e-7)
left = np.sqrt(max(0.0, norm**2 - (s[:k] ** 2).sum()))
compare("left by all factors", left, ${summary.errors.at(-1)!}, norm, 1e-7)
`
    : `# An approximate solver: its singular values are never larger than the true ones.
compare("singular values beyond the true ones", np.maximum(sigma - s[:k], 0), 0, sigma[0], 1e-10)
`
}
if failures:
    sys.exit("These differ: " + ", ".join(failures))
print("Everything agrees.")
`
}
