//! Documents to bytes.
