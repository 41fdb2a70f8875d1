"""What queries for recordings find, by the table of recordings alone.

Usage: recording_queries.py RECORDINGS.PARQUET

Prints JSON: a list of {"query", "expected"}, expected being the files as "number version path", sorted. Nothing of
the program is used.
"""

import json
import re
import sys
import unicodedata

import duckdb

rows = duckdb.sql(f"SELECT * FROM read_parquet('{sys.argv[1]}')").fetchall()
columns = [one[0] for one in duckdb.sql(f"SELECT * FROM read_parquet('{sys.argv[1]}')").description]
FILES = {}
for row in (dict(zip(columns, row)) for row in rows):
    number = row["dandiset"].split(":")[-1]
    FILES.setdefault((number, row["version"], row["path"]), []).append(row)


def four(value):
    """Numbers that aren't counts are compared by four digits that count."""
    return value if float(value).is_integer() and value < 1e6 else float(f"{value:.4g}")


def words(text):
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if unicodedata.category(c)[0] != "M").lower()
    return "".join(c if c.isalnum() else " " for c in plain).split()


def number(field, holds):
    return lambda file: any(row[field] is not None and holds(four(row[field])) for row in file)


def texts(field, name):
    """Files with all words of a name in one of theirs, in the singular or plural."""
    wanted = [single(word) for word in words(name)]

    def holds(file):
        names = ([single(word) for word in words(one)] for row in file for one in listed(row, field))
        return any(all(word in own for word in wanted) for own in names)

    return holds


def single(word):
    return word[:-1] if re.search("[^sui]s$", word) and len(word) > 3 and not re.search("(ch|sh|x|z|ie)s$", word) else word


def either(*conditions):
    return lambda file: any(condition(file) for condition in conditions)


def listed(row, field):
    value = row[field]
    own = value if isinstance(value, list) else [] if value is None else [value]
    return own + ([row["type"]] if field == "kinds" and row["type"] is not None else [])


def both(*conditions):
    return lambda file: all(condition(file) for condition in conditions)


def other(condition):
    return lambda file: not condition(file)


QUERIES = {
    "units:>100 region:CA1 rate:>20000": both(
        number("units", lambda n: n > 100), texts("regions", "CA1"), number("rate", lambda n: n > 20000)
    ),
    "units:>0": number("units", lambda n: n > 0),
    "units:1..50": number("units", lambda n: 1 <= n <= 50),
    "rate:>20kHz": number("rate", lambda n: n > 20000),
    "rate:<100": number("rate", lambda n: n < 100),
    "rate:>=1000 rate:<=1250": both(number("rate", lambda n: n >= 1000), number("rate", lambda n: n <= 1250)),
    "channels:>=16": number("channels", lambda n: n >= 16),
    "channels:<8 -type:Units": both(number("channels", lambda n: n < 8), other(texts("kinds", "Units"))),
    "rois:>10": number("rois", lambda n: n > 10),
    "sweeps:>2": number("sweeps", lambda n: n > 2),
    "duration:>1min": number("duration", lambda n: n > 60),
    "duration:..10s": number("duration", lambda n: n <= 10),
    "type:ElectricalSeries": texts("kinds", "ElectricalSeries"),
    "type:TimeSeries": texts("kinds", "TimeSeries"),
    "type:lfp": texts("kinds", "LFP"),
    "type:Units type:ElectricalSeries region:CA1": both(
        either(texts("kinds", "Units"), texts("kinds", "ElectricalSeries")),
        texts("regions", "CA1"),
    ),
    "-region:CA1 units:>5": both(other(texts("regions", "CA1")), number("units", lambda n: n > 5)),
    'species:"Mus musculus"': texts("species", "Mus musculus"),
}
for field, operator in {"devices": "device", "regions": "region", "species": "species"}.items():
    names = sorted({one for file in FILES.values() for row in file for one in listed(row, field) if words(one)})
    for name in names[:: max(1, len(names) // 3)][:3]:
        plain = name.replace('"', "")
        QUERIES[f'{operator}:"{plain}"'] = texts(field, plain)
for field in ("subject", "session"):
    names = sorted({row[field] for file in FILES.values() for row in file if row[field] and words(row[field])})
    for name in names[:: max(1, len(names) // 3)][:3]:
        def same(file, field=field, name=name):
            return any(row[field] is not None and words(row[field]) == words(name) for row in file)

        QUERIES[f'{field}:"{name}"'] = same

answers = []
for query, holds in QUERIES.items():
    found = sorted(" ".join(key) for key, file in FILES.items() if holds(file))
    answers.append({"query": query, "expected": found})
print(json.dumps(answers))
