#![no_main]
//! Bytes at random to whatever finds out what a file is: archives above all.

mod common;

use chronotope::formats;
use libfuzzer_sys::fuzz_target;

fuzz_target!(init: common::look_at_our_own_panics(), |bytes: &[u8]| {
    common::check(|input, options, watch| formats::open_input(input, "", options, watch), bytes);
});
