//! What an office settles once: who records, how deep the minutes go.

use hoinghi::{app::effect::Effect, document::Depth, i18n::Lang};

use crate::support::desk::Desk;

#[test]
fn the_palette_writes_minutes_of_each_depth() {
    let mut desk = Desk::sample(100, 30, Lang::Vietnamese);
    let scope = desk.app.session().unwrap().scope();
    for (name, depth) in [
        ("xuat van ban", Depth::Full),
        ("dien bien chinh", Depth::MainCourse),
        ("chi ghi ket luan", Depth::ConclusionsOnly),
    ] {
        desk.press(&["F9"]).type_text(name).press(&["Enter"]);
        assert_eq!(desk.effects.last(), Some(&Effect::Export(scope, depth)));
    }
}
