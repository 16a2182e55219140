//! Choosing the order and the filter of the difficulties.

use crate::app::{
    App,
    arrangement::{Arrangement, Filter, Order},
    dialogs::picker::{Item, Pick, Picker},
    effect::Effect,
};

impl App {
    /// Asks in which order the difficulties are to stand, and whether by themes.
    pub(super) fn ask_order(&mut self) -> Vec<Effect> {
        let strings = self.strings();
        let Some(seat) = self.session() else { return Vec::new() };
        let now = &seat.arrangement;
        let item = |order: Order| {
            let pick = Pick::Arrange(Arrangement { order, ..now.clone() });
            Item::new(order.name(strings), pick).on(now.order == order)
        };
        let turned = Arrangement { by_theme: !now.by_theme, ..now.clone() };
        let by_theme = Item::new(strings.sorting.by_theme, Pick::Arrange(turned)).on(now.by_theme);
        let items = Order::ALL.into_iter().map(item).chain([by_theme]).collect();
        self.show_picker(Picker::one(strings.sorting.action_sort, items))
    }

    /// Asks which of the difficulties are to be seen.
    pub(super) fn ask_filter(&mut self) -> Vec<Effect> {
        let strings = self.strings();
        let Some(seat) = self.session() else { return Vec::new() };
        let now = &seat.arrangement;
        let item = |filter: Filter| {
            let (name, on) = (filter.name(strings, &seat.board), now.filter == filter);
            Item::new(name, Pick::Arrange(Arrangement { filter, ..now.clone() })).on(on)
        };
        let items = Filter::all(&seat.board).into_iter().map(item).collect();
        self.show_picker(Picker::one(strings.sorting.action_filter, items))
    }

    pub(super) fn arrange(&mut self, arrangement: Arrangement) -> Vec<Effect> {
        if let Some(seat) = self.session_mut() {
            seat.arrangement = arrangement;
            seat.refresh();
        }
        Vec::new()
    }
}
