#![no_main]
//! Text at random as a date.

use chronotope::model::time::{Lang, When, describe};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(when) = When::parse(text) {
        let extent = when.extent();
        assert!(extent.start_earliest <= extent.end_latest);
        assert!(!describe(&when, Lang::En).is_empty());
        let again = When::parse(when.edtf()).map(|w| w.extent());
        assert_eq!(again.ok(), Some(extent));
    }
});
