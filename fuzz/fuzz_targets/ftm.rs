#![no_main]
//! Bytes at random to the reader of `ftm`.

mod common;

use chronotope::formats::ftm;
use libfuzzer_sys::fuzz_target;

fuzz_target!(init: common::look_at_our_own_panics(), |bytes: &[u8]| {
    common::check(ftm::read, bytes);
});
