//! The only place that names sled.
