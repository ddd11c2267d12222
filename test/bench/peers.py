"""What the benchmark compares with: numpy, scipy and scikit-learn, one JSON line in, one out (peers.ts).

Every case gets the same raw arrays as ours, reads them outside the clock and returns the ways to do the work, each a
function without arguments that returns the first values it found.
"""
import json
import os
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

try:
    import numpy
    import scipy
    import scipy.linalg
    import scipy.sparse
    import scipy.sparse.linalg
    import sklearn
    import threadpoolctl
    from sklearn.decomposition import PCA, TruncatedSVD
    from sklearn.utils.extmath import randomized_svd
except ImportError as missing:
    print(json.dumps({"absent": f"{missing}: install python3-sklearn."}), flush=True)
    sys.exit()

# A way whose warm-up takes this many times the fastest so far is not run again.
HOPELESS = 4


def median(times):
    return float(numpy.median(times))


def milliseconds(work, threads):
    """As measure.ts: the time that one thread computes, the time that passes where there are several."""
    clock = time.thread_time if threads == 1 else time.perf_counter
    start = clock()
    values = work()
    return 1000 * (clock() - start), values


def read(question):
    return numpy.fromfile(question["files"][0]).reshape(question["shape"])


def gemm(question):
    a = read(question)
    return {"numpy a @ a": lambda: (a @ a)[:1, 0]}, []


def eigh(question):
    a = read(question)
    return {"numpy.linalg.eigh": lambda: numpy.linalg.eigh(a)[0][:-11:-1]}, []


def eigh_top(question):
    a = read(question)
    n = len(a)
    last = [n - question["count"], n - 1]
    work = lambda: scipy.linalg.eigh(a, subset_by_index=last)[0][::-1]
    return {"scipy.linalg.eigh(subset_by_index)": work}, numpy.linalg.eigvalsh(a)[: -question["count"] - 1 : -1]


def svd(question):
    a = read(question)
    return {"numpy.linalg.svd": lambda: numpy.linalg.svd(a, full_matrices=False)[1][:10]}, []


def pca(question):
    x, k = read(question), question["count"]
    n, p = x.shape

    def by_covariance():
        """What svd_solver="covariance_eigh" of scikit-learn 1.5 computes."""
        mean = x.mean(axis=0)
        covariance = x.T @ x
        covariance -= n * numpy.outer(mean, mean)
        covariance /= n - 1
        return scipy.linalg.eigh(covariance)[0][: -k - 1 : -1]

    def by(solver):
        return lambda: PCA(k, svd_solver=solver, random_state=0).fit(x).explained_variance_

    ways = {"covariance + eigh": by_covariance} if p <= 1000 else {}
    for solver in ("randomized", "auto", "arpack", "full"):
        ways[f"PCA({solver})"] = by(solver)
    centred = x - x.mean(axis=0)
    products = centred.T @ centred if p <= n else centred @ centred.T
    return ways, numpy.linalg.eigvalsh(products)[: -k - 1 : -1] / (n - 1)


def read_sparse(question):
    starts, columns = (numpy.fromfile(file, dtype=numpy.int32) for file in question["files"][:2])
    values = numpy.fromfile(question["files"][2])
    return scipy.sparse.csr_matrix((values, columns, starts), shape=question["shape"])


def exact_values(x, k):
    return numpy.sort(scipy.sparse.linalg.svds(x, k, tol=0, random_state=0)[1])[::-1]


def randomized_sparse(question):
    x, k = read_sparse(question), question["count"]
    ways = {
        "randomized_svd(n_iter=5)": lambda: randomized_svd(x, k, n_iter=5, random_state=0)[1],
        "TruncatedSVD": lambda: TruncatedSVD(k, random_state=0).fit(x).singular_values_,
    }
    return ways, exact_values(x, k)


def exact_sparse(question):
    x, k = read_sparse(question), question["count"]
    return {"scipy svds(tol=0)": lambda: exact_values(x, k)}, []


def parallel_analysis(question):
    x, count = read(question), question["count"]

    def loop():
        random = numpy.random.default_rng(0)
        variances = []
        for _ in range(count):
            shuffled = random.permuted(x, axis=0)
            variances.append(numpy.linalg.eigvalsh(numpy.corrcoef(shuffled, rowvar=False)))
        return numpy.percentile(variances, 95, axis=0)[::-1]

    return {"numpy permuted + corrcoef + eigvalsh": loop}, []


def bootstrap(question):
    x, count, k = read(question), question["count"], 5
    n = len(x)

    def components(z):
        values, vectors = numpy.linalg.eigh(numpy.corrcoef(z, rowvar=False))
        return values[: -k - 1 : -1], vectors[:, : -k - 1 : -1] * numpy.sqrt(values[: -k - 1 : -1])

    def loop():
        random = numpy.random.default_rng(0)
        _, target = components(x)
        variances, loadings = [], []
        for _ in range(count):
            values, own = components(x[random.integers(0, n, n)])
            u, _, vt = numpy.linalg.svd(own.T @ target)
            variances.append(values)
            loadings.append(own @ (u @ vt))
        numpy.percentile(loadings, [2.5, 97.5], axis=0)
        return numpy.percentile(variances, 97.5, axis=0)

    return {"numpy rows + corrcoef + eigh": loop}, []


class Side:
    """The rows of a sparse matrix, ready to be solved for with the other side fixed."""

    # Bytes of gathered rows that a batch may have: 4 MB were faster than 1 and 16.
    BATCH = 4e6
    own = threading.local()

    def __init__(self, matrix, size):
        self.matrix = matrix
        lengths = numpy.diff(matrix.indptr)
        order = numpy.argsort(lengths, kind="stable")
        self.batches = []
        at = 0
        while at < len(order):
            shortest = max(lengths[order[at]], 8)
            n = 1
            while at + n < len(order) and lengths[order[at + n]] <= 1.15 * shortest:
                if (n + 1) * lengths[order[at + n]] * size * 8 > self.BATCH:
                    break
                n += 1
            rows = order[at : at + n]
            longest = max(1, lengths[rows[-1]])
            # What fills a row up points at a row of zeros behind the others.
            index = numpy.full((n, longest), matrix.shape[1])
            values = numpy.zeros((n, longest))
            for place, row in enumerate(rows):
                own = slice(matrix.indptr[row], matrix.indptr[row + 1])
                index[place, : lengths[row]] = matrix.indices[own]
                values[place, : lengths[row]] = matrix.data[own]
            self.batches.append((rows, index, values))
            at += n

    def solve_batch(self, batch, other, shift, base, ridge, own):
        rows, index, values = batch
        shape = (*index.shape, other.shape[1])
        # The memory that rows are gathered into is found once, not for every batch.
        if not hasattr(self.own, "room") or self.own.room.size < numpy.prod(shape):
            self.own.room = numpy.empty(max(numpy.prod(shape), int(self.BATCH) // 8))
        q = self.own.room[: numpy.prod(shape)].reshape(shape)
        other.take(index, axis=0, out=q, mode="clip")
        right = values - shift.take(index) if shift is not None else values
        gram = numpy.matmul(q.transpose(0, 2, 1), q)
        if base is not None:
            gram += base
        place = numpy.arange(gram.shape[1])
        gram[:, place, place] += ridge[rows]
        own[rows] = numpy.linalg.solve(gram, numpy.matmul(q.transpose(0, 2, 1), right[:, :, None]))[:, :, 0]

    def solve_rows(self, rows, other, shift, base, ridge, own):
        matrix = self.matrix
        for row in rows:
            entries = slice(matrix.indptr[row], matrix.indptr[row + 1])
            index = matrix.indices[entries]
            q = other[index]
            gram = q.T @ q
            if base is not None:
                gram += base
            gram.flat[:: len(gram) + 1] += ridge[row]
            right = matrix.data[entries] - shift[index] if shift is not None else matrix.data[entries]
            own[row] = scipy.linalg.lapack.dposv(gram, q.T @ right, lower=1, overwrite_a=True)[1]


def ways_to_alternate(fit, threads):
    """The same sweeps, their rows solved one after the other, in batches, and in batches by as many threads of Python."""

    def pooled():
        with threadpoolctl.threadpool_limits(1), ThreadPoolExecutor(threads) as pool:
            return fit(lambda side, *rest: list(pool.map(lambda batch: side.solve_batch(batch, *rest), side.batches)))

    def batched():
        return fit(lambda side, *rest: [side.solve_batch(batch, *rest) for batch in side.batches])

    def by_rows():
        return fit(lambda side, *rest: side.solve_rows(range(side.matrix.shape[0]), *rest))

    return {"numpy, batched": batched, "numpy, batched, a pool of threads": pooled, "numpy + dposv, row by row": by_rows}


def als(question):
    users = read_sparse(question)
    k, sweeps, penalty, mean = (question[name] for name in ("nFactors", "sweeps", "penalty", "mean"))
    start = numpy.fromfile(question["files"][3]).reshape(users.shape[0], k)
    sides = {"items": Side(users.T.tocsr(), k + 1), "users": Side(users, k + 1)}

    def ridge_of(side):
        count = numpy.diff(side.matrix.indptr)
        ridge = numpy.repeat(penalty["factor"] * count[:, None] ** penalty["exponent"], k + 1, axis=1)
        ridge[:, k] = penalty["bias"]
        return ridge

    ridges = {name: ridge_of(side) for name, side in sides.items()}

    def fit(solve):
        own = {"users": numpy.zeros((users.shape[0], k + 1)), "items": numpy.zeros((users.shape[1], k + 1))}
        own["users"][:, :k] = start
        for _ in range(sweeps):
            for name, fixed in (("items", "users"), ("users", "items")):
                # A bias meets a 1; a row of zeros is behind the others.
                other = numpy.vstack([own[fixed], numpy.zeros(k + 1)])
                shift = other[:, k] + mean
                shift[-1] = 0
                other[:-1, k] = 1
                solve(sides[name], other, shift, None, ridges[name], own[name])
        p, q = own["users"], own["items"]
        row = numpy.repeat(numpy.arange(users.shape[0]), numpy.diff(users.indptr))
        found = (p[row, :k] * q[users.indices, :k]).sum(axis=1) + p[row, k] + q[users.indices, k] + mean
        return [numpy.sqrt(numpy.mean((users.data - found) ** 2))]

    return ways_to_alternate(fit, question["threads"]), []


def ials(question):
    users = read_sparse(question)
    users.data[:] = 1
    k, sweeps, penalty = (question[name] for name in ("nFactors", "sweeps", "penalty"))
    start = numpy.fromfile(question["files"][3]).reshape(users.shape[0], k)
    sides = {"items": Side(users.T.tocsr(), k), "users": Side(users, k)}
    blank = penalty["unobservedWeight"]

    def ridge_of(side):
        count = numpy.diff(side.matrix.indptr) + blank * side.matrix.shape[1]
        return numpy.repeat(penalty["regularization"] * count[:, None] ** penalty["countExponent"], k, axis=1)

    ridges = {name: ridge_of(side) for name, side in sides.items()}

    def fit(solve):
        own = {"users": start.copy(), "items": numpy.zeros((users.shape[1], k))}
        for _ in range(sweeps):
            for name, fixed in (("items", "users"), ("users", "items")):
                other = numpy.vstack([own[fixed], numpy.zeros(k)])
                solve(sides[name], other, None, blank * (other.T @ other), ridges[name], own[name])
        row = numpy.repeat(numpy.arange(users.shape[0]), numpy.diff(users.indptr))
        found = (own["users"][row] * own["items"][users.indices]).sum(axis=1)
        return [numpy.sqrt(numpy.mean((1 - found) ** 2))]

    return ways_to_alternate(fit, question["threads"]), []


def ease(question):
    likes = read_sparse(question)
    likes.data[:] = 1
    gram = (likes.T @ likes).toarray()
    gram.flat[:: len(gram) + 1] += question["ridge"]
    return {"numpy.linalg.inv alone": lambda: numpy.linalg.inv(gram)[:1, 0]}, []


CASES = {case.__name__: case for case in (als, ials, ease, parallel_analysis, bootstrap, gemm, eigh, eigh_top, svd, pca, randomized_sparse, exact_sparse)}


def answer(question):
    ways, reference = CASES[question["case"]](question)
    threads = question["threads"]
    candidates, skipped = [], []
    fastest = float("inf")
    for name, work in ways.items():
        warm_up, values = milliseconds(work, threads)
        spent = warm_up
        while spent < question["warmUp"]:
            warm_up = milliseconds(work, threads)[0]
            spent += max(warm_up, 0.01)
        if warm_up > HOPELESS * fastest:
            skipped.append({"name": name, "milliseconds": warm_up})
            continue
        runs = min(question["most"], max(question["least"], int(question["milliseconds"] / warm_up)))
        times = [milliseconds(work, threads)[0] for _ in range(runs)]
        fastest = min(fastest, median(times))
        candidates.append({"name": name, "times": times, "values": [float(value) for value in values]})
    candidates.sort(key=lambda candidate: median(candidate["times"]))
    return {"candidates": candidates, "skipped": skipped, "reference": [float(value) for value in reference]}


def keep_to(processors):
    """Every thread there is stays on these; where the machine does not have them, nothing is changed."""
    for thread in os.listdir("/proc/self/task") if os.path.isdir("/proc/self/task") else []:
        try:
            os.sched_setaffinity(int(thread), processors)
        except OSError:
            pass


versions = {"numpy": numpy.__version__, "scipy": scipy.__version__, "scikit-learn": sklearn.__version__}
for library in threadpoolctl.threadpool_info():
    if library["user_api"] == "blas":
        versions["BLAS"] = f"{library['internal_api']} {library['version']}"
# What is loaded when it is first used is loaded now.
PCA(2, svd_solver="randomized").fit(numpy.random.default_rng(0).standard_normal((100, 5)))
print(json.dumps({"versions": versions}), flush=True)
for line in sys.stdin:
    question = json.loads(line)
    keep_to(set(range(question["threads"])))
    with threadpoolctl.threadpool_limits(question["threads"]):
        print(json.dumps(answer(question)), flush=True)
