//! Says in the office's language what to do when the faces are not there yet.

use std::path::Path;

const FACES: [&str; 5] = [
    "NotoSerifCJK-Regular.ttc",
    "NotoSerifCJK-Bold.ttc",
    "FandolFang-Regular.otf",
    "FandolHei-Regular.otf",
    "FandolKai-Regular.otf",
];

fn main() {
    let fonts = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fonts");
    let mut missing = Vec::new();
    for face in FACES {
        let path = fonts.join(face);
        println!("cargo::rerun-if-changed={}", path.display());
        if !path.is_file() {
            missing.push(face);
        }
    }
    println!("cargo::rerun-if-changed=build.rs");
    if !missing.is_empty() {
        println!(
            "cargo::error=缺少印制文书所用的字体：{}。请在项目根目录运行 scripts/fonts，再重新构建",
            missing.join("、")
        );
    }
}
