//! Property: what holds everything gives everything back.

use proptest::prelude::*;

use crate::dataset::{Dataset, RowSet};
use crate::formats::import::Watch;
use crate::formats::{native, open};
use crate::model::EventDetail;
use crate::model::time::Extent;

use super::made_up::parts;
use super::{Target, WriteOptions, write};

fn extents(dataset: &Dataset) -> Vec<Extent> {
    let table = dataset.table();
    dataset.rows().map(|row| table.extent(row)).collect()
}

fn events(dataset: &Dataset) -> Vec<EventDetail> {
    dataset
        .rows()
        .map(|r| dataset.event(r).into_owned())
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    #[test]
    fn everything_comes_back(parts in parts()) {
        let dataset = Dataset::new(parts);
        let folder = tempfile::tempdir().unwrap();
        for target in [Target::Folder, Target::Zip, Target::GeoJson, Target::GeoParquet] {
            let path = folder.path().join(format!("all.{}", target.ending()));
            let options = WriteOptions::default();
            let rows = RowSet::all(dataset.len());
            write(&dataset, &rows, target, &path, &options, &Watch::default()).unwrap();
            let back = match target {
                Target::GeoJson => {
                    let bytes = std::fs::read(&path).unwrap();
                    native::read_single(serde_json::from_slice(&bytes).unwrap(), "x")
                }
                _ => open(&path),
            };
            let (back, _) = back.unwrap();
            prop_assert_eq!(back.meta(), dataset.meta(), "{:?}", target);
            prop_assert_eq!(events(&back), events(&dataset), "{:?}", target);
            prop_assert_eq!(extents(&back), extents(&dataset), "{:?}", target);
            prop_assert_eq!(back.actors(), dataset.actors(), "{:?}", target);
            prop_assert_eq!(back.places(), dataset.places(), "{:?}", target);
            prop_assert_eq!(back.sources(), dataset.sources(), "{:?}", target);
            prop_assert_eq!(back.relations(), dataset.relations(), "{:?}", target);
            prop_assert_eq!(back.claims(), dataset.claims(), "{:?}", target);
        }
    }
}
