"""What opening 300,000 rows of UCDP GED costs, beside DuckDB's read_csv of the
same file on the same machine in the same run.

    import.py PROGRAM [ROWS] [FILE]

Without FILE, rows are made up: 49 columns with the widths, list fields, quotes
and newlines of the real table. Needs the Python package duckdb.
"""

import csv
import json
import os
import random
import subprocess
import sys
import tempfile
import time

import duckdb

HEADER = (
    "id,relid,year,active_year,code_status,type_of_violence,conflict_dset_id,"
    "conflict_new_id,conflict_name,dyad_dset_id,dyad_new_id,dyad_name,side_a_dset_id,"
    "side_a_new_id,side_a,side_b_dset_id,side_b_new_id,side_b,number_of_sources,"
    "source_article,source_office,source_date,source_headline,source_original,where_prec,"
    "where_coordinates,where_description,adm_1,adm_2,latitude,longitude,geom_wkt,"
    "priogrid_gid,country,country_id,region,event_clarity,date_prec,date_start,date_end,"
    "deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,low,gwnoa,gwnob"
).split(",")

WORDS = (
    "troops near village attack convoy militia river market road border camp army "
    "station bridge school patrol shelling clash district province report local"
).split()


def some_words(dice, least, most):
    return " ".join(dice.choices(WORDS, k=dice.randint(least, most)))


def make(path, rows):
    """Writes made-up rows; the same ones each time."""
    dice = random.Random(7)
    groups = [f"{dice.choice(WORDS).title()} {kind} {n}" for n in range(400)
              for kind in ("Front", "Army", "Forces")]
    offices = [f"{dice.choice(WORDS).title()} News {n}" for n in range(60)]
    provinces = [f"{dice.choice(WORDS).title()} province {n}" for n in range(600)]
    districts = [(f"{dice.choice(WORDS).title()} district {n}", dice.choice(provinces))
                 for n in range(4_000)]
    # As in the real table, a place lies in one district and that in one province.
    places = [(f"{dice.choice(WORDS).title()}{n} town", *dice.choice(districts))
              for n in range(60_000)]
    with open(path, "w", newline="", encoding="utf-8") as out:
        table = csv.writer(out)
        table.writerow(HEADER)
        for n in range(rows):
            year, month, day = dice.randint(1989, 2024), dice.randint(1, 12), dice.randint(1, 28)
            first = f"{year}-{month:02}-{day:02}"
            last = first if dice.random() < 0.85 else f"{year}-{month:02}-28"
            conflict = dice.randrange(300)
            a, b = groups[conflict], groups[300 + dice.randrange(900)]
            cited = [(dice.choice(offices), first, some_words(dice, 5, 11).capitalize())
                     for _ in range(dice.choice((1, 1, 1, 2, 3)))]
            place, district, province = dice.choice(places)
            lat, lon = dice.uniform(-35, 45), dice.uniform(-90, 110)
            told = some_words(dice, 4, 18)
            if dice.random() < 0.05:
                told += "\n" + some_words(dice, 4, 9)
            a_dead, b_dead, civil = (dice.choice((0, 0, 0, 1, 2, 5)) for _ in range(3))
            best = a_dead + b_dead + civil
            table.writerow([
                n + 1, f"XYZ-{year}-1-{conflict}-{n}", year, 1, "Clear", dice.choice((1, 1, 2, 3)),
                conflict, conflict, f"{place}: Government", conflict, conflict, f"{a} - {b}",
                conflict, conflict, a, conflict + 900, conflict + 900, b, len(cited),
                ";".join(f'"{o},{d},{h}"' for o, d, h in cited),
                ";".join(o for o, _, _ in cited), ";".join(d for _, d, _ in cited),
                ";".join(h for _, _, h in cited), some_words(dice, 1, 3), dice.randint(1, 6),
                place, told, province, district, f"{lat:.6f}", f"{lon:.6f}",
                f"POINT ({lon:.6f} {lat:.6f})", dice.randint(100_000, 200_000),
                f"Country {len(province) % 9}", conflict % 90, "Somewhere", dice.choice((1, 1, 2)),
                dice.randint(1, 5), f"{first} 00:00:00.000", f"{last} 00:00:00.000",
                a_dead, b_dead, civil, 0, best, best + dice.choice((0, 0, 3)), best,
                conflict, "",
            ])


def duckdb_seconds(path, threads):
    """DuckDB's best of three: the whole table read into memory."""
    best = float("inf")
    for _ in range(3):
        base = duckdb.connect(config={"threads": threads})
        begin = time.perf_counter()
        base.execute("CREATE TABLE t AS SELECT * FROM read_csv(?)", [path])
        best = min(best, time.perf_counter() - begin)
        rows = base.execute("SELECT count(*) FROM t").fetchone()[0]
        base.close()
    return best, rows


def main():
    program = sys.argv[1]
    rows = int(sys.argv[2]) if len(sys.argv) > 2 else 300_000
    with tempfile.TemporaryDirectory() as folder:
        path = sys.argv[3] if len(sys.argv) > 3 else os.path.join(folder, "ged.csv")
        if len(sys.argv) <= 3:
            print(f"making {rows:,} rows up", file=sys.stderr)
            make(path, rows)
        megabytes = os.path.getsize(path) / 1e6
        threads = os.cpu_count() or 1
        theirs, counted = duckdb_seconds(path, threads)
        best = None
        for _ in range(3):
            out = subprocess.run([program, "bench", "--import", path], check=True,
                                 stdout=subprocess.PIPE).stdout
            ours = json.loads(out)
            if best is None or ours["first_frame_s"] < best["first_frame_s"]:
                best = ours
    if counted != best["rows_read"]:
        print(f"DuckDB reads {counted:,} rows, Chronotope {best['rows_read']:,}")
    ratio = best["first_frame_s"] / theirs
    print(f"{counted:,} rows, {megabytes:.0f} MB, {threads} threads, best of three")
    print(f"DuckDB {duckdb.__version__} read_csv into a table  {theirs:6.2f} s")
    print(f"Chronotope, read                      {best['read_s']:6.2f} s")
    print(f"Chronotope, read to first frame       {best['first_frame_s']:6.2f} s")
    print(f"Chronotope, greatest memory           {best['memory_mb'] or 0:6.0f} MB")
    verdict = "reached" if ratio <= 3 else "NOT reached"
    print(f"ratio {ratio:.2f}, goal at most 3: {verdict}")


main()
