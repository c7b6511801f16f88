//! rotaform compiles one short YAML spec of a database secret into all that AWS needs to rotate it.
//!
//! ```text
//! file(s) ──read──▶ Spec ──check──▶ Checked ──plan──▶ Plan ──lower──▶ Bundle ──▶ disk
//!                   1:1 with       proof that        what AWS       path → text,
//!                   the YAML       every rule holds  will hold      in memory
//! ```
//!
//! | stage | module | may | may not |
//! |---|---|---|---|
//! | read  | [`spec`]   | say where in the file each thing stands | decide, look at another key |
//! | check | [`check`]  | refuse, warn; all findings in one run   | change anything |
//! | plan  | [`plan`]   | decide everything: names, statements, order, defaults | fail; know a target's syntax |
//! | lower | [`target`] | spell the plan in one target's words    | decide; fail |
//! | print | [`cli`]    | print, exit                             | compute |

pub mod blueprint;
pub mod bundle;
pub mod check;
pub mod cli;
pub mod diagnostic;
pub mod package;
pub mod plan;
pub mod spec;
pub mod target;
