//! Layout profiles: what the rules on the form of papers fix, as data that a clerk can correct.
//!
//! A profile is numbers, styles and a font under names; an office's file in `profiles/` changes one by naming only what is otherwise.
//! Invariant: a profile that is handed out has every number and every style, and they make a page.

mod lint;
mod names;
mod read;

use std::{collections::BTreeMap, sync::Arc};

use chrono::NaiveDate;

pub use lint::Deviation;
pub use names::{Length, Part};
pub use read::{ProfileError, ProfileFault};

use super::docx::OfficeStyles;
use crate::domain::kind::Layout;

/// The profiles that come with the program, by name.
const OWN: [(&str, &str); 3] = [
    ("dang-05hd-2026", include_str!("../../../assets/profiles/dang-05hd-2026.toml")),
    ("dang-36hd-2018", include_str!("../../../assets/profiles/dang-36hd-2018.toml")),
    ("nn-nd30-2020", include_str!("../../../assets/profiles/nn-nd30-2020.toml")),
];

/// How a part of a paper is set.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Style {
    /// Bold.
    pub bold: bool,
    /// Italic.
    pub italic: bool,
    /// Underlined.
    pub underline: bool,
}

/// What the rules fix of a paper's form.
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    /// Its name: that of its file.
    pub name: String,
    /// The layout family.
    pub family: Layout,
    /// From which day on it holds.
    pub since: NaiveDate,
    /// The font.
    pub font: String,
    /// What stands after each recipient but the last.
    pub separator: String,
    /// Whether the pitch of lines is in points; else in lines of the font.
    pub exact_pitch: bool,
    /// Where it leaves what its rules allow.
    pub deviations: Vec<Deviation>,
    /// The styles of the office's own DOCX, if it has one.
    pub office_styles: Option<Arc<OfficeStyles>>,
    /// The office's own fonts for PDF, as files.
    pub office_fonts: Arc<[Vec<u8>]>,
    lengths: BTreeMap<Length, f64>,
    sizes: BTreeMap<Part, f64>,
    styles: BTreeMap<Part, Style>,
    ranges: BTreeMap<String, (f64, f64)>,
}

impl Profile {
    /// A length, in the unit that its name has.
    pub fn length(&self, length: Length) -> f64 {
        self.lengths.get(&length).copied().unwrap_or_default()
    }

    /// The size of a part, in points.
    pub fn size(&self, part: Part) -> f64 {
        self.sizes.get(&part).copied().unwrap_or_default()
    }

    /// How a part is set.
    pub fn style(&self, part: Part) -> Style {
        self.styles.get(&part).copied().unwrap_or_default()
    }

    /// The width between the margins, in millimetres.
    pub fn text_width(&self) -> f64 {
        self.length(Length::Width) - self.length(Length::Left) - self.length(Length::Right)
    }
}

/// The profiles that there are.
#[derive(Debug, Clone, PartialEq)]
pub struct Profiles(Vec<Profile>);

impl Profiles {
    /// The program's own with what an office's files say, by name without `.toml`. A file with a name of its own says whose
    /// numbers it begins with: `base = "nn-nd30-2020"`.
    ///
    /// # Errors
    /// The first fault of a file, with its line.
    pub fn read(office: &BTreeMap<String, String>) -> Result<Self, ProfileError> {
        let own = OWN.iter().map(|(name, text)| read::whole(name, text));
        let own = own.collect::<Result<Vec<Profile>, ProfileError>>()?;
        let mut profiles = own.clone();
        for (name, text) in office {
            let profile = read::changed(name, text, &own)?;
            profiles.retain(|known| known.name != profile.name);
            profiles.push(profile);
        }
        Ok(Self(profiles))
    }

    /// The same with the styles of an office's own DOCX in the place of ours.
    #[must_use]
    pub fn with_styles(mut self, styles: OfficeStyles) -> Self {
        let styles = Arc::new(styles);
        self.0.iter_mut().for_each(|profile| profile.office_styles = Some(Arc::clone(&styles)));
        self
    }

    /// The same with an office's own fonts before ours.
    #[must_use]
    pub fn with_fonts(mut self, fonts: Vec<Vec<u8>>) -> Self {
        let fonts: Arc<[Vec<u8>]> = fonts.into();
        self.0.iter_mut().for_each(|profile| profile.office_fonts = Arc::clone(&fonts));
        self
    }

    /// Their names.
    pub fn names(&self) -> Vec<&str> {
        self.0.iter().map(|profile| profile.name.as_str()).collect()
    }

    /// The profile of that name.
    pub fn named(&self, name: &str) -> Option<&Profile> {
        self.0.iter().find(|profile| profile.name == name)
    }

    /// The profile of the program, as it is or as an office changed it, that holds for a family on a day; without a day, the newest.
    pub fn of(&self, family: Layout, day: Option<NaiveDate>) -> Option<&Profile> {
        let is_own = |profile: &&Profile| OWN.iter().any(|(name, _)| *name == profile.name);
        let of_family = self.0.iter().filter(is_own).filter(|profile| profile.family == family);
        let mut by_age: Vec<&Profile> = of_family.collect();
        by_age.sort_by_key(|profile| profile.since);
        let holds = |profile: &&&Profile| day.is_none_or(|day| profile.since <= day);
        by_age.iter().rev().find(holds).or(by_age.first()).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn office(name: &str, text: &str) -> Result<Profiles, ProfileError> {
        Profiles::read(&BTreeMap::from([(name.to_owned(), text.to_owned())]))
    }

    fn own() -> Profiles {
        Profiles::read(&BTreeMap::new()).unwrap()
    }

    #[test]
    fn the_programs_own_profiles_are_whole_and_within_their_rules() {
        for profile in &own().0 {
            assert_eq!(profile.lengths.len(), Length::ALL.len(), "{}", profile.name);
            assert_eq!((profile.sizes.len(), profile.styles.len()), (Part::ALL.len(), Part::ALL.len()));
            assert_eq!(profile.deviations, [], "{}", profile.name);
            let columns = profile.length(Length::HeadLeft) + profile.length(Length::HeadRight);
            assert!((columns - profile.text_width()).abs() < 0.01, "{}", profile.name);
        }
    }

    #[test]
    fn the_family_and_the_day_choose() {
        let profiles = own();
        let chosen = |family, day: Option<(i32, u32, u32)>| {
            let day = day.and_then(|(year, month, day)| NaiveDate::from_ymd_opt(year, month, day));
            profiles.of(family, day).unwrap().name.clone()
        };
        assert_eq!(chosen(Layout::Party, Some((2023, 3, 10))), "dang-36hd-2018");
        assert_eq!(chosen(Layout::Party, Some((2026, 5, 26))), "dang-36hd-2018");
        assert_eq!(chosen(Layout::Party, Some((2026, 5, 27))), "dang-05hd-2026");
        assert_eq!(chosen(Layout::Party, Some((1999, 1, 1))), "dang-36hd-2018");
        assert_eq!(chosen(Layout::Party, None), "dang-05hd-2026");
        assert_eq!(chosen(Layout::State, Some((2023, 3, 10))), "nn-nd30-2020");
    }

    #[test]
    fn an_office_names_only_what_is_otherwise_and_what_leaves_the_rules_is_told() {
        let text = "font = \"Tinos\"\n[page]\ntop = 25\n[size]\nbody = 15\n[style]\nposition = \"bold\"\n";
        let profiles = office("dang-05hd-2026", text).unwrap();
        let profile = profiles.named("dang-05hd-2026").unwrap();
        assert!(
            (profile.length(Length::Top) - 25.0).abs() < 0.01
                && (profile.size(Part::Body) - 15.0).abs() < 0.01
        );
        assert!((profile.size(Part::Heading) - 14.0).abs() < 0.01, "what is not named stays");
        let told: Vec<String> = profile.deviations.iter().map(ToString::to_string).collect();
        assert_eq!(
            told,
            [
                "dang-05hd-2026: font = Tinos (Times New Roman)",
                "dang-05hd-2026: page.top = 25 (20)",
                "dang-05hd-2026: style.position = bold (regular)",
            ]
        );
        let profiles = office("phuong-1", "base = \"nn-nd30-2020\"\n[size]\nbody = 12\n").unwrap();
        let told: Vec<String> =
            profiles.named("phuong-1").unwrap().deviations.iter().map(ToString::to_string).collect();
        assert_eq!(told, ["phuong-1: size.body = 12 (13–14)"]);
        assert_eq!(profiles.of(Layout::State, None).unwrap().name, "nn-nd30-2020", "only when it is named");
    }

    #[test]
    fn a_clerk_corrects_what_the_rules_allow() {
        let profiles = office("nn-nd30-2020", "[size]\nbody = 12\n[range.size]\nbody = [12, 14]\n").unwrap();
        assert_eq!(profiles.named("nn-nd30-2020").unwrap().deviations, []);
    }

    #[test]
    fn a_fault_is_told_with_its_line() {
        use ProfileFault as F;
        for (text, line, fault) in [
            ("[page]\ntop = \"hai\"\n", 2, F::Value("page.top".to_owned())),
            ("[page]\n\ntopp = 20\n", 3, F::Unknown("page.topp".to_owned())),
            ("[pages]\ntop = 20\n", 1, F::Unknown("pages".to_owned())),
            ("[page]\nleft = 150\n", 2, F::Value("page.left".to_owned())),
            ("[page]\nwidth = 90\n", 0, F::NoRoom),
            ("[size]\nbody = 0\n", 2, F::Value("size.body".to_owned())),
            ("[size]\nbody = nan\n", 2, F::Value("size.body".to_owned())),
            ("[style]\nbody = \"bolt\"\n", 2, F::Value("style.body".to_owned())),
            ("family = \"church\"\n", 1, F::Value("family".to_owned())),
            ("[range.size]\nbody = [14, 13]\n", 2, F::Value("range.size.body".to_owned())),
            ("[range.size]\nbodi = [13, 14]\n", 2, F::Unknown("range.size.bodi".to_owned())),
        ] {
            let error = office("dang-05hd-2026", text).unwrap_err();
            assert_eq!((error.line, &error.fault), (line, &fault), "{text}");
            assert_eq!(error.file, "dang-05hd-2026.toml");
        }
        let error = office("dang-05hd-2026", "[page]\ntop = = 3\n").unwrap_err();
        assert!(error.line == 2 && matches!(error.fault, F::Syntax(_)), "{error:?}");
        let error = office("phuong-1", "font = \"Tinos\"\n").unwrap_err();
        assert_eq!((error.line, error.fault), (0, F::NoBase));
        let error = office("phuong-1", "\nbase = \"dang\"\n").unwrap_err();
        assert_eq!((error.line, error.fault), (2, F::Value("base".to_owned())));
    }
}
