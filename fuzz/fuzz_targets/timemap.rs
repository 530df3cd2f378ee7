#![no_main]
//! Bytes at random to the reader of `timemap`.

mod common;

use chronotope::formats::timemap;
use libfuzzer_sys::fuzz_target;

fuzz_target!(init: common::look_at_our_own_panics(), |bytes: &[u8]| {
    common::check(timemap::read, bytes);
});
