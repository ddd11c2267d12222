"""How many milliseconds pandas, scikit-learn and matplotlib take from a file to a saved picture of the scores on the first
two components: `first_picture.py <file> <picture>`. What is imported is not counted. Prints JSON."""
import json
import sys
import time

try:
    import matplotlib

    matplotlib.use("Agg")
    import pandas
    import sklearn
    from matplotlib import pyplot
    from sklearn.decomposition import PCA
except ImportError as missing:
    print(json.dumps({"absent": f"{missing}: install python3-pandas, python3-sklearn and python3-matplotlib."}))
    sys.exit()


def steps():
    begun = time.perf_counter()
    table = pandas.read_csv(sys.argv[1])
    read = time.perf_counter()
    scores = PCA().fit_transform(table.to_numpy())
    fitted = time.perf_counter()
    figure, axes = pyplot.subplots(figsize=(6.5, 5), dpi=100)
    axes.scatter(scores[:, 0], scores[:, 1], s=1)
    figure.savefig(sys.argv[2])
    pyplot.close(figure)
    drawn = time.perf_counter()
    return [1000 * (drawn - begun), 1000 * (read - begun), 1000 * (fitted - read), 1000 * (drawn - fitted)]


print(
    json.dumps(
        {
            "steps": min(steps(), steps()),
            "versions": f"pandas {pandas.__version__}, scikit-learn {sklearn.__version__}, matplotlib {matplotlib.__version__}",
        }
    )
)
