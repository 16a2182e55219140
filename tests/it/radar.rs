//! The radar on lines as they are typed: how often the right difficulty is near, and how often what is shown is right.

mod trigram;

use hoinghi::search::radar::Radar;
use trigram::Trigrams;

const DIFFICULTIES: &str = include_str!("data/radar/difficulties.txt");
const TUNING: &str = include_str!("data/radar/tuning.txt");
const HELD_OUT: &str = include_str!("data/radar/held_out.txt");
const HELD_OUT_NEAR: &str = include_str!("data/radar/held_out_near.txt");

/// The difficulties from a number on.
fn difficulties(from: &str) -> Vec<(&'static str, &'static str)> {
    let all = DIFFICULTIES.lines().map(|line| line.split_once(' ').unwrap());
    all.filter(|(number, _)| *number >= from).collect()
}

/// Lines with the difficulty each of them means.
fn labelled(lines: &'static str) -> Vec<(&'static str, Option<&'static str>)> {
    let label = |line: &'static str| line.rsplit_once(" | ").unwrap();
    lines
        .lines()
        .map(label)
        .map(|(typed, means)| (typed, Some(means).filter(|means| *means != "-")))
        .collect()
}

/// How often the meant one is among the three nearest.
fn found(lines: &[(&str, Option<&str>)], nearest: impl Fn(&str) -> Vec<&'static str>) -> (usize, usize) {
    let meant = lines.iter().filter_map(|(typed, means)| Some((typed, (*means)?)));
    let right = meant.clone().filter(|(typed, means)| nearest(typed).contains(means)).count();
    (right, meant.count())
}

/// On how many lines a difficulty is shown, on how many rightly, and on how many whose matter is new.
struct Shown {
    all: usize,
    right: usize,
    of_new_matter: usize,
}

impl Shown {
    fn of(lines: &[(&str, Option<&str>)], radar: &Radar<&str>) -> Self {
        let mut shown = Self { all: 0, right: 0, of_new_matter: 0 };
        for (typed, means) in lines {
            let Some(near) = radar.closest(typed) else { continue };
            shown.all += 1;
            shown.right += usize::from(Some(near.key) == *means);
            shown.of_new_matter += usize::from(means.is_none());
        }
        shown
    }

    #[expect(clippy::cast_precision_loss, reason = "a few hundred")]
    fn precision(&self) -> f64 {
        self.right as f64 / self.all as f64
    }
}

/// The figures of a set of lines among some difficulties, printed.
fn measure(
    name: &str,
    lines: &[(&str, Option<&str>)],
    among: &[(&'static str, &'static str)],
) -> ((usize, usize), usize, Shown) {
    let mut radar = Radar::default();
    for (number, text) in among {
        radar.put(*number, text);
    }
    let trigrams = Trigrams::new(among.iter().copied());
    let keys = |line: &str| radar.nearest(line, 3).into_iter().map(|near| near.key).collect();
    let ours = found(lines, keys);
    let plain = found(lines, |line| trigrams.nearest(line, 3));
    let shown = Shown::of(lines, &radar);
    println!("{name}: {} lines among {} difficulties", lines.len(), among.len());
    println!("  recall@3: {} of {}; plain trigrams {} of {}", ours.0, ours.1, plain.0, plain.1);
    println!(
        "  shown on {} lines, rightly on {} (precision {:.2})",
        shown.all,
        shown.right,
        shown.precision()
    );
    println!("  shown on {} of the {} lines of new matter", shown.of_new_matter, lines.len() - ours.1);
    (ours, plain.0, shown)
}

#[test]
fn held_out_lines_find_the_difficulty_they_mean() {
    let mut lines = labelled(HELD_OUT);
    lines.extend(labelled(HELD_OUT_NEAR));
    let (ours, plain, shown) = measure("held out", &lines, &difficulties("001"));
    assert_eq!(ours.1, 50);
    assert!(ours.0 >= 40, "recall@3 is below 0.8: {} of 50", ours.0);
    assert!(ours.0 > plain, "no better than plain trigrams: {} and {plain} of 50", ours.0);
    assert!(shown.precision() >= 0.8, "what is shown is wrong too often: {:.2}", shown.precision());
}

#[test]
fn tuning_lines_find_the_difficulty_they_mean() {
    let (ours, plain, shown) = measure("tuning", &labelled(TUNING), &difficulties("051"));
    assert!(ours.0 > plain && ours.0 * 10 >= ours.1 * 9, "{} of {}, plain {plain}", ours.0, ours.1);
    assert!(shown.precision() >= 0.9, "{:.2}", shown.precision());
}

#[test]
fn the_labelled_lines_are_whole() {
    let all = difficulties("001");
    assert!(all.is_sorted() && all.len() == 210);
    let known = |means: &str| all.iter().any(|(number, _)| *number == means);
    for (typed, means) in [TUNING, HELD_OUT, HELD_OUT_NEAR].into_iter().flat_map(labelled) {
        assert!(!typed.is_empty() && means.is_none_or(known), "{typed}");
    }
    assert!(labelled(HELD_OUT).iter().filter_map(|(_, means)| *means).all(|means| means <= "050"));
    assert!(labelled(TUNING).iter().filter_map(|(_, means)| *means).all(|means| means > "050"));
}
