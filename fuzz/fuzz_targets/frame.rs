#![no_main]
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    gapmap_fuzz::frame(bytes);
});
