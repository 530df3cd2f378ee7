#![no_main]
//! Bytes at random to the reader of `gpx`.

mod common;

use chronotope::formats::gpx;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| common::check(gpx::read, bytes));
