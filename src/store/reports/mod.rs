//! Reports: what people decide of them, their steps to being published, and what they are made of.

mod gather;
mod records;
mod sessions;
mod steps;

pub use records::{ReportFilter, ReportRecord};
pub use steps::ReportStep;
