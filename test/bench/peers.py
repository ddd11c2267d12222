"""What the benchmark compares with: numpy, scipy and scikit-learn, one JSON line in, one out (peers.ts).

Every case gets the same raw arrays as ours, reads them outside the clock and returns the ways to do the work, each a
function without arguments that returns the first values it found.
"""
import json
import os
import sys
import time

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


CASES = {case.__name__: case for case in (parallel_analysis, bootstrap, gemm, eigh, eigh_top, svd, pca, randomized_sparse, exact_sparse)}


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
