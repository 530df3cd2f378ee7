#![no_main]
//! Bytes at random to the reader of `geojson`.

mod common;

use chronotope::formats::geojson;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| common::check(geojson::read, bytes));
