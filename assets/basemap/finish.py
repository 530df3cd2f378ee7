"""Joins raw (uncompressed) MBTiles into one PMTiles archive.  finish.py OUT.pmtiles A.mbtiles B.mbtiles ...

On the way it rewrites property values that walkers 0.65 would read as null: unsigned integers (tag 5)
become integers (tag 4), floats (tag 2) become doubles (tag 3). It works on the protobuf bytes, so that
nothing else of a tile changes.
"""
import collections
import gzip
import json
import os
import sqlite3
import struct
import sys

from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer

VARINT, FIXED64, BYTES, FIXED32 = 0, 1, 2, 5                          # protobuf wire types
TILE_LAYER, LAYER_NAME, LAYER_FEATURE, LAYER_VALUE, LAYER_EXTENT = 3, 1, 2, 4, 5  # MVT fields
VALUE_FLOAT, VALUE_DOUBLE, VALUE_INT, VALUE_UINT = 2, 3, 4, 5


def read_varint(data, i):
    shift = value = 0
    while True:
        byte = data[i]
        i += 1
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            return value, i


def varint(n):
    out = bytearray()
    while n > 127:
        out.append(n & 127 | 128)
        n >>= 7
    out.append(n)
    return bytes(out)


def fields(data):
    """Yields (field number, wire type, payload) of a protobuf message."""
    i = 0
    while i < len(data):
        key, i = read_varint(data, i)
        wire = key & 7
        start = i
        if wire == VARINT:
            _, i = read_varint(data, i)
        elif wire == FIXED64:
            i += 8
        elif wire == BYTES:
            length, start = read_varint(data, i)
            i = start + length
        elif wire == FIXED32:
            i += 4
        else:
            raise ValueError(f'wire type {wire}')
        yield key >> 3, wire, data[start:i]


def field(number, wire, payload):
    return varint(number << 3 | wire) + (varint(len(payload)) if wire == BYTES else b'') + payload


def readable_value(data):
    out = b''
    for number, wire, payload in fields(data):
        if number == VALUE_UINT:
            out += field(VALUE_INT, VARINT, payload)
        elif number == VALUE_FLOAT:
            out += field(VALUE_DOUBLE, FIXED64, struct.pack('<d', struct.unpack('<f', payload)[0]))
        else:
            out += field(number, wire, payload)
    return out


def readable_tile(data, zoom, counts):
    out = b''
    for number, _, layer in fields(data):
        if number != TILE_LAYER:
            continue
        rewritten = b''
        name, features = '?', 0
        for part, wire, payload in fields(layer):
            if part == LAYER_NAME:
                name = payload.decode()
            elif part == LAYER_FEATURE:
                features += 1
            elif part == LAYER_EXTENT:
                assert read_varint(payload, 0)[0] == 4096, 'walkers skips a layer of another extent'
            elif part == LAYER_VALUE:
                payload = readable_value(payload)
            rewritten += field(part, wire, payload)
        out += field(TILE_LAYER, BYTES, rewritten)
        counts[name][zoom] += features
    return out


target, sources = sys.argv[1], sys.argv[2:]
tiles, vector_layers = {}, []
for source in sources:
    db = sqlite3.connect(source)
    metadata = dict(db.execute('select name, value from metadata'))
    vector_layers += json.loads(metadata['json'])['vector_layers']
    for z, x, y, data in db.execute('select zoom_level, tile_column, tile_row, tile_data from tiles'):
        if data[:2] == b'\x1f\x8b':
            data = gzip.decompress(data)
        key = z, x, (1 << z) - 1 - y  # MBTiles count rows from the south
        tiles[key] = tiles.get(key, b'') + data  # a tile is a list of layers: joined bytes are joined layers

counts = collections.defaultdict(collections.Counter)
sizes, largest = collections.Counter(), collections.Counter()
with open(target, 'wb') as file:
    writer = Writer(file)
    for tile_id, z, data in sorted((zxy_to_tileid(z, x, y), z, d) for (z, x, y), d in tiles.items()):
        packed = gzip.compress(readable_tile(data, z, counts), 9, mtime=0)  # no time: the same bytes each time
        writer.write_tile(tile_id, packed)
        sizes[z] += len(packed)
        largest[z] = max(largest[z], len(packed))
    writer.finalize({
        'tile_type': TileType.MVT, 'tile_compression': Compression.GZIP,
        'min_zoom': 0, 'max_zoom': max(sizes),
        'min_lon_e7': -1800000000, 'min_lat_e7': -850511300,
        'max_lon_e7': 1800000000, 'max_lat_e7': 850511300,
        'center_zoom': 3, 'center_lon_e7': 100000000, 'center_lat_e7': 220000000,
    }, {
        'name': 'world',
        'attribution': 'Made with Natural Earth. Places: GeoNames (CC BY 4.0).',
        'vector_layers': vector_layers,
    })

print(target, os.path.getsize(target), 'bytes')
for z in sorted(sizes):
    print(f'  zoom {z}: {sizes[z]} bytes, largest tile {largest[z]}')
for name in sorted(counts):
    print(f'  {name}: features by zoom', dict(sorted(counts[name].items())))
