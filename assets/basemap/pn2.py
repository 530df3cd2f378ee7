"""Marble's .pn2 polygons (version 2) -> GeoJSON.  pn2.py IN.pn2 OUT.geojson

Big-endian. Header: version u8, number of records u32, "is map colour" u8. A record: flag u8, id u32, ring;
with flag 4 it is a group instead: count u8, then that many records. A ring: number of absolute nodes u32, each
latitude i16, longitude i16 (in 0.5 arc-minutes), number of following relative nodes i16, those as i8 pairs.
Flag 3 marks an inner ring of the polygon before it.
"""
import json
import struct
import sys

UNITS_PER_DEGREE = 120

data = open(sys.argv[1], 'rb').read()
version, _, map_color = struct.unpack('>BIB', data[:6])
assert version == 2 and not map_color
position = 6
polygons = []


def take(layout):
    global position
    values = struct.unpack_from(layout, data, position)
    position += struct.calcsize(layout)
    return values


def ring():
    nodes = []
    for _ in range(take('>I')[0]):
        lat, lon, relative = take('>hhh')
        nodes.append((lon / UNITS_PER_DEGREE, lat / UNITS_PER_DEGREE))
        for _ in range(relative):
            dlat, dlon = take('bb')  # from the absolute node, not from the one before
            nodes.append(((lon + dlon) / UNITS_PER_DEGREE, (lat + dlat) / UNITS_PER_DEGREE))
    distinct = [n for i, n in enumerate(nodes) if i == 0 or n != nodes[i - 1]]
    if distinct[0] != distinct[-1]:
        distinct.append(distinct[0])
    return [[round(x, 4), round(y, 4)] for x, y in distinct]


def record(flag):
    if flag == 3:
        polygons[-1].append(ring())
    else:
        polygons.append([ring()])


while position < len(data):
    flag, _ = take('>BI')
    if flag == 4:
        for _ in range(take('B')[0]):
            record(take('>BI')[0])
    else:
        record(flag)

features = [{'type': 'Feature', 'properties': {}, 'geometry': {'type': 'Polygon', 'coordinates': p}}
            for p in polygons if len(p[0]) > 3]
with open(sys.argv[2], 'w') as out:
    json.dump({'type': 'FeatureCollection', 'features': features}, out)
