#![no_main]
//! Bytes at random to the reader of `flatgeobuf`.

mod common;

use chronotope::formats::flatgeobuf;
use libfuzzer_sys::fuzz_target;

fuzz_target!(init: common::look_at_our_own_panics(), |bytes: &[u8]| {
    common::check(flatgeobuf::read, bytes);
});
