import type { FactorModelHead } from '../../contract/factor-model.ts'
import type { ListFilter } from '../../contract/recommending.ts'
import type { KnownModel } from '../../analyses/factorization/recommending/known-model.ts'
import { listUsers } from '../../analyses/factorization/recommending/lists.ts'
import { oneLine } from './one-line.ts'

/** Pairs whose scores the script asserts, at most, and the length of the list it asserts. */
const PAIRS = 12
const LIST = 10
const notSeen: ListFilter = { seen: 'exclude' }

/** JSON is how Python writes numbers and texts, too. */
const literal = (value: unknown): string => JSON.stringify(value)

/** How each kind of method scores every item for a user, in numpy. */
function scoring({ params }: KnownModel): string {
  switch (params.method) {
    case 'popularity':
      return '    return model["itemCounts"] / len(users)'
    case 'ease':
      return '    return model["itemWeights"][seen(u)].sum(axis=0)'
    case 'itemknn':
      return `    has = np.zeros(len(items))
    has[seen(u)] = 1
    part = has[model["neighbourColumns"]] * model["neighbourWeights"]
    sums = np.concatenate([[0.0], np.cumsum(part)])
    return np.diff(sums[model["neighbourOffsets"]])`
    case 'wals':
    case 'ials':
    case 'hkv':
      return '    return model["itemFactors"] @ model["userFactors"][u]'
    default:
      return `    return about["globalMean"] + model["userBias"][u] + model["itemBias"] + model["itemFactors"] @ model["userFactors"][u]`
  }
}

/** A model of users and items as a program in Python that scores from its NPZ file with numpy alone, and asserts scores and a list
 * as the app has them.
 * @param file name of the NPZ file, beside the script */
export function factorsPython(known: KnownModel, head: FactorModelHead, file: string): string {
  const nUsers = known.users.length
  const nItems = known.items.length
  const pairs = Array.from({ length: Math.min(PAIRS, nUsers * nItems) }, (_, t): [number, number] => [
    Math.floor((t * nUsers) / PAIRS),
    (7 * t + Math.floor((t * nItems) / PAIRS)) % nItems
  ])
  const scores = pairs.map(([user, item]) => known.scorer.predict(user, item))
  const first = Int32Array.of(0)
  const [list] = listUsers(known, first, LIST, notSeen, () => undefined)
  return `# ${oneLine(head.name)}: ${head.howToScore}
# Written by ${head.software} from ${oneLine(head.provenance.source.fileName)}. Needs Python 3.8 or newer with numpy.
# python3 thisfile.py [USER [N]] prints the list of a user; without words it asserts that the numbers are those of the app.
import json
import os
import sys

import numpy as np

folder = os.path.dirname(os.path.abspath(__file__))
model = dict(np.load(os.path.join(folder, ${literal(file)})))
about = json.loads(str(model["about"]))
users = [str(name) for name in model["users"]]
items = [str(name) for name in model["items"]]


def seen(u):
    """Items of a user's training ratings."""
    return model["trainingItems"][model["trainingOffsets"][u]:model["trainingOffsets"][u + 1]]


def score(u):
    """The scores of every item for a user, never clipped."""
${scoring(known)}


def recommend(u, n, without=()):
    """Items not seen, best first; of equal scores the first in the table."""
    scores = score(u)
    allowed = np.ones(len(items), dtype=bool)
    allowed[seen(u)] = False
    allowed[list(without)] = False
    order = np.lexsort((np.arange(len(items)), -scores))
    best = [int(i) for i in order if allowed[i]][:n]
    return best, scores[best]


if len(sys.argv) > 1:
    user = users.index(sys.argv[1])
    best, scores = recommend(user, int(sys.argv[2]) if len(sys.argv) > 2 else 10)
    for item, value in zip(best, scores):
        print(f"{value:.6g}\\t{items[item]}")
    sys.exit(0)

pairs = ${literal(pairs)}
expected = ${literal(scores)}
found = [score(u)[i] for u, i in pairs]
np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-9)

held = ${literal(Array.from(known.held ? known.held.columns.subarray(0, known.held.offsets[1]) : []))}
best, scores = recommend(0, ${LIST}, held)
expected = ${literal(Array.from(list?.scores ?? []))}
np.testing.assert_allclose(scores, expected, rtol=1e-9, atol=1e-9)
print(f"{len(pairs)} scores and the list of {users[0]} are those of the app.")
`
}
