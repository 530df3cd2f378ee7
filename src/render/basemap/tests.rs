use super::*;
use proptest::prelude::*;

fn at(z: u8, x: u32, y: u32) -> TileAt {
    TileAt { z, x, y }
}

proptest! {
    #[test]
    fn tiles_are_numbered_as_the_pmtiles_crate_numbers_them(
        z in 0_u8..20, x in any::<u32>(), y in any::<u32>()
    ) {
        let (x, y) = (x % (1 << z), y % (1 << z));
        let theirs: pmtiles::TileId = pmtiles::TileCoord::new(z, x, y).unwrap().into();
        prop_assert_eq!(at(z, x, y).id(), theirs.value());
    }

    #[test]
    fn damaged_archives_are_refused_and_never_panic(cut in 0_usize..4000, flip in 0_usize..4000) {
        let whole = basemap!("relief.pmtiles");
        let mut bytes = whole[..4000.min(whole.len())].to_vec();
        bytes[flip] ^= 0x5a;
        bytes.truncate(cut);
        if let Ok(archive) = Archive::open(Box::leak(bytes.into_boxed_slice())) {
            let _ = archive.tile(at(3, 4, 2));
        }
    }
}

#[test]
fn every_zoom_has_tiles_and_above_the_last_there_are_none() {
    for (archive, max) in [(world().unwrap(), 7), (relief().unwrap(), 5)] {
        assert_eq!(archive.max_zoom(), max);
        for z in 0..=max {
            let middle = (1_u32 << z) / 2;
            let tile = archive.tile(at(z, middle, middle)).unwrap();
            assert!(tile.is_some_and(|t| !t.is_empty()), "zoom {z}");
        }
        assert!(archive.tile(at(max + 1, 0, 0)).unwrap().is_none());
    }
}

#[test]
fn what_is_no_archive_is_refused() {
    assert!(matches!(Archive::open(b""), Err(ArchiveError::Format)));
    assert!(matches!(
        Archive::open(&[7; 200]),
        Err(ArchiveError::Format)
    ));
}

fn places_of(tile: TileAt) -> Vec<Place> {
    decode_places(world().unwrap().tile(tile).unwrap().unwrap(), tile)
}

#[test]
fn places_have_names_in_french_with_a_fallback() {
    let list = places_of(at(0, 0, 0));
    let germany = list.iter().find(|p| p.name("en") == "Germany").unwrap();
    assert_eq!(germany.name("fr"), "Allemagne");
    assert_eq!(germany.class, PlaceClass::Country);
    assert!(list.iter().all(|p| !p.name("fr").is_empty()));
    // Berlin's country is where it belongs.
    let (x, y) = germany.unit;
    assert!(
        (x - (10.0 + 180.0) / 360.0).abs() < 0.02 && (y - 0.33).abs() < 0.02,
        "{x} {y}"
    );
}

#[test]
fn a_place_is_in_one_tile_of_a_zoom_and_has_one_key_in_all_zooms() {
    // Western Africa at two zooms; a city there is known by one key.
    let mut seen = std::collections::HashMap::new();
    for x in 15..18 {
        for y in 13..16 {
            for p in places_of(at(5, x, y)) {
                assert!(
                    seen.insert(p.key, p.clone()).is_none(),
                    "{} twice",
                    p.name("en")
                );
            }
        }
    }
    let niamey = |list: &[Place]| {
        list.iter()
            .find(|p| p.name("en") == "Niamey" && p.class == PlaceClass::City)
            .map(|p| p.key)
    };
    let near: Vec<Place> = seen.into_values().collect();
    let far: Vec<Place> = (7..9)
        .flat_map(|x| (6..8).map(move |y| (x, y)))
        .flat_map(|(x, y)| places_of(at(4, x, y)))
        .collect();
    assert!(niamey(&near).is_some());
    assert_eq!(niamey(&near), niamey(&far));
}

#[test]
fn relief_is_tinted_between_the_two_colours_of_the_style() {
    let style: serde_json::Value =
        serde_json::from_str(include_str!("../../../assets/styles/dark.json")).unwrap();
    let tint = ReliefTint::of_style(&style).unwrap();
    let table = tint.table();
    assert_eq!((table[0], table[90]), (tint.dark, tint.dark));
    assert_eq!((table[235], table[255]), (tint.light, tint.light));
    let jpeg = relief().unwrap().tile(at(2, 2, 1)).unwrap().unwrap();
    let (size, pixels) = decode_relief(&jpeg, &tint).unwrap();
    assert_eq!(pixels.len(), size[0] * size[1] * 3);
    assert_eq!(size, [256, 256]);
}
