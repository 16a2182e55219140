//! The store, from outside: what was acknowledged is there again, whatever happened in between.

mod faults;
mod lab;

mod bulk;
mod damage;
mod elsewhere;
mod erasing;
mod failing;
mod moving;
mod notebooks;
#[cfg(unix)]
mod obstacles;
mod opening;
mod rules;
mod scrubbing;
mod sealing;
mod sequences;
