//! Letters whose marks make no letter of Unicode (q̣, ê̆): the library sets marks that stand higher or lower than their base apart, each with
//! the text of the whole cluster, so that it would be read once a mark. Here they come together again, and each says its own letter.

use std::ops::Range;

use typst::{
    layout::{Em, Frame, FrameItem, Point},
    model::Document,
    text::{Glyph, TextItem},
};
use typst_layout::PagedDocument;

/// The pages with every mark in one run with its base.
pub(super) fn joined(set: PagedDocument) -> PagedDocument {
    if !set.pages().iter().any(|page| has_marks(&page.frame)) {
        return set;
    }
    let pages = set.pages().iter().cloned().map(|mut page| {
        join(&mut page.frame);
        page
    });
    PagedDocument::new(pages.collect(), set.info().clone())
}

fn has_marks(frame: &Frame) -> bool {
    frame.items().any(|(_, item)| match item {
        FrameItem::Group(group) => has_marks(&group.frame),
        FrameItem::Text(text) => is_marks(text) || !clusters(text).is_empty(),
        _ => false,
    })
}

fn join(frame: &mut Frame) {
    let mut items: Vec<(Point, FrameItem)> = Vec::new();
    for (at, item) in frame.items().cloned() {
        match (item, items.last_mut()) {
            (FrameItem::Group(mut group), _) => {
                join(&mut group.frame);
                items.push((at, FrameItem::Group(group)));
            }
            (FrameItem::Text(marks), Some((base, FrameItem::Text(text)))) if belongs(&marks, text) => {
                let raised = (base.y - at.y).to_pt() / text.size.to_pt();
                add(text, marks, raised);
            }
            (item, _) => items.push((at, item)),
        }
    }
    for (_, item) in &mut items {
        if let FrameItem::Text(text) = item {
            share(text);
        }
    }
    frame.clear();
    frame.push_multiple(items);
}

/// Whether a run is nothing but marks of one cluster.
fn is_marks(text: &TextItem) -> bool {
    let whole = 0..text.text.len();
    text.glyphs.iter().all(|glyph| glyph.x_advance == Em::zero() && range(glyph) == whole)
}

/// Whether marks are of the cluster with which a run ends.
fn belongs(marks: &TextItem, text: &TextItem) -> bool {
    let cluster = text.glyphs.last().and_then(|last| text.text.get(range(last)));
    is_marks(marks)
        && cluster == Some(marks.text.as_str())
        && (&marks.font, marks.size) == (&text.font, text.size)
}

/// Adds marks that stand so many sizes above the base of a run.
fn add(text: &mut TextItem, marks: TextItem, raised: f64) {
    let Some(range) = text.glyphs.last().map(|last| last.range.clone()) else { return };
    let set = |mark: Glyph| Glyph { y_offset: Em::new(raised), range: range.clone(), ..mark };
    text.glyphs.extend(marks.glyphs.into_iter().map(set));
}

/// Where in a run base and marks stand for one cluster together.
fn clusters(text: &TextItem) -> Vec<Range<usize>> {
    let mut from = 0;
    let clusters = text.glyphs.chunk_by(|a, b| a.range == b.range).map(|glyphs| {
        from += glyphs.len();
        from - glyphs.len()..from
    });
    clusters.filter(|cluster| cluster.len() > 1).collect()
}

/// Gives each glyph of a cluster its own letter, if there are as many letters as glyphs.
fn share(text: &mut TextItem) {
    for cluster in clusters(text) {
        let Some(glyphs) = text.glyphs.get_mut(cluster) else { continue };
        let Some(whole) = glyphs.first().map(range) else { continue };
        let letters = text.text.get(whole.clone()).unwrap_or_default();
        if letters.chars().count() != glyphs.len() {
            continue;
        }
        for (glyph, (at, letter)) in glyphs.iter_mut().zip(letters.char_indices()) {
            let start = whole.start + at;
            let narrow = |place: usize| u16::try_from(place).unwrap_or(u16::MAX);
            glyph.range = narrow(start)..narrow(start + letter.len_utf8());
        }
    }
}

fn range(glyph: &Glyph) -> Range<usize> {
    glyph.range.start.into()..glyph.range.end.into()
}
