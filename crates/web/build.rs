//! Carries the one foreign script into the program: `node_modules/htmx.org`, pinned by the lock file.

use std::path::Path;

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let script = root.join("node_modules/htmx.org/dist/htmx.min.js");
    println!("cargo::rerun-if-changed={}", script.display());
    let out = std::env::var("OUT_DIR").unwrap_or_default();
    if let Err(why) = std::fs::copy(&script, Path::new(&out).join("htmx.min.js")) {
        println!("cargo::error=node_modules/htmx.org/dist/htmx.min.js is missing ({why}); run `npm ci` in the root of the checkout");
    }
}
