//! The source files of the program, without those that are tests.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::scan::Source;

/// Every file of `src/` that is built into the program, as (path below `src/`, text).
pub(super) fn program() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    walk(&root, &mut files);
    let read = |file: PathBuf| {
        let text = fs::read_to_string(&file).unwrap();
        (file.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/"), text)
    };
    let files: Vec<_> = files.into_iter().map(read).collect();
    let tests: Vec<String> = files.iter().flat_map(|(path, text)| test_modules(path, text)).collect();
    let is_test = |path: &str| {
        tests
            .iter()
            .any(|test| path.strip_prefix(test.as_str()).is_some_and(|rest| rest.starts_with(['.', '/'])))
    };
    files.into_iter().filter(|(path, _)| !is_test(path)).collect()
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(&path, files);
        } else if path.extension().is_some_and(|end| end == "rs") {
            files.push(path);
        }
    }
}

/// The files, without their ending, that a file declares as modules for tests only.
pub(super) fn test_modules(path: &str, text: &str) -> Vec<String> {
    let folder = module_of(path).join("/");
    let names = Source::read(text).test_modules;
    names.into_iter().map(|name| format!("{folder}/{name}").trim_start_matches('/').to_owned()).collect()
}

/// The module that a file is.
pub(super) fn module_of(path: &str) -> Vec<&str> {
    let stem = path.trim_end_matches(".rs");
    let stem = stem.strip_suffix("/mod").unwrap_or(stem);
    if matches!(stem, "main" | "lib") { Vec::new() } else { stem.split('/').collect() }
}
