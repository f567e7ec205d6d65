//! The report as a value, for programs; `format_version` says how it is written.

use crate::report::Report;

pub(super) fn write(report: &Report) -> Vec<u8> {
    // Of texts, numbers and lists only: there is no way for this to fail.
    let mut bytes = serde_json::to_vec_pretty(report).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}
