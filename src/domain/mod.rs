//! What happened, what it amounts to, and what may happen next.
