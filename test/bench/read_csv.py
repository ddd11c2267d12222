"""How many milliseconds pandas takes to parse a file, the faster of two: `read_csv.py <file>`. Prints JSON."""
import json
import sys
import time

try:
    import pandas
except ImportError as missing:
    print(json.dumps({"absent": f"{missing}: install python3-pandas."}))
    sys.exit()


def milliseconds():
    start = time.perf_counter()
    pandas.read_csv(sys.argv[1])
    return 1000 * (time.perf_counter() - start)


print(json.dumps({"milliseconds": min(milliseconds(), milliseconds()), "version": pandas.__version__}))
