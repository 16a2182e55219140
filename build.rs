//! Links the program at a fixed place where the linker can. A movable one has the 77,000 addresses in the tables of its libraries (nearly all
//! of them the typesetter's, which a start does not need) put right by the loader at every start: a millisecond, a third of the start.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let target = |what: &str| std::env::var(format!("CARGO_CFG_TARGET_{what}")).unwrap_or_default();
    if target("OS") == "linux" && target("ENV") == "gnu" {
        println!("cargo:rustc-link-arg-bins=-no-pie");
    }
}
