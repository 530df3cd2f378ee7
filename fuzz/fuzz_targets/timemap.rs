#![no_main]
//! Bytes at random to the reader of `timemap`.

mod common;

use chronotope::formats::timemap;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| common::check(timemap::read, bytes));
