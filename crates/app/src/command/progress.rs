//! How far long work has come.

use indicatif::{ProgressBar, ProgressStyle};

/// A bar for so many `things`, on a terminal.
pub fn progress(many: u64, things: &str) -> ProgressBar {
    let bar = ProgressBar::new(many);
    let text = format!("{{bar:40}} {{human_pos}}/{{human_len}} {things}, {{per_sec}}, {{eta}} to go");
    bar.with_style(ProgressStyle::with_template(&text).unwrap_or_else(|_| ProgressStyle::default_bar()))
}
