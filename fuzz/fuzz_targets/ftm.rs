#![no_main]
//! Bytes at random to the reader of `ftm`.

mod common;

use chronotope::formats::ftm;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| common::check(ftm::read, bytes));
