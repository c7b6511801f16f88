//! `rotaform synth`: specs to bundles.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use rayon::prelude::*;

use super::output::Output;
use super::{Ending, Synth, run};
use crate::bundle::{self, Change, Outcome, Write};
use crate::diagnostic::Diagnostic;

/// More bundles than this are counted, not listed.
const LISTED: usize = 20;

/// What became of one spec.
type Written = Result<(String, Outcome, Vec<Change>), Vec<Diagnostic>>;

/// Runs the command.
pub fn run(synth: &Synth, output: &Output) -> Ending {
    let files = match run::accepted(&synth.specs, output) {
        Ok(files) => files,
        Err(ending) => return ending,
    };
    let write = Write { force: synth.force, accept_new_password: synth.accept_new_password, dry_run: synth.dry_run };
    let lock = match (!synth.dry_run).then(|| bundle::Lock::new(&synth.specs.out)).transpose() {
        Ok(lock) => lock,
        Err(finding) => {
            output.findings(&[finding]);
            return Ending::Refused;
        }
    };
    let progress = progress(files.len());
    let results: Vec<Written> = files
        .par_iter()
        .flat_map_iter(|path| {
            let (checked, found) = run::checked(path);
            // The file passed a moment ago; if it no longer does, somebody is writing it.
            let changed = found.into_iter().filter(Diagnostic::is_error).collect::<Vec<_>>();
            let written: Vec<Written> = checked
                .iter()
                .map(|checked| {
                    let bundle = bundle::bundle(checked, synth.specs.choice());
                    let (outcome, changes) = bundle::write(&bundle, &synth.specs.out, write)?;
                    Ok((bundle.name, outcome, if synth.dry_run { changes } else { Vec::new() }))
                })
                .collect();
            progress.inc(1);
            written.into_iter().chain((!changed.is_empty()).then_some(Err(changed)))
        })
        .collect();
    drop(lock);
    progress.finish_and_clear();
    report(&results, synth, output)
}

fn progress(files: usize) -> ProgressBar {
    if files <= LISTED {
        return ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
    }
    let bar = ProgressBar::new(files as u64);
    match ProgressStyle::with_template("{bar:40} {pos}/{len} specs") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

fn report(results: &[Written], synth: &Synth, output: &Output) -> Ending {
    let refused: Vec<Diagnostic> =
        results.iter().filter_map(|result| result.as_ref().err()).flatten().cloned().collect();
    let written: Vec<_> = results.iter().filter_map(|result| result.as_ref().ok()).collect();
    for (_, _, changes) in &written {
        changes.iter().for_each(|change| output.text(&change.diff()));
    }
    if written.len() <= LISTED {
        for (name, outcome, _) in &written {
            let word = match (outcome, synth.dry_run) {
                (Outcome::Created, false) => "created",
                (Outcome::Updated, false) => "updated",
                (Outcome::Created, true) => "would create",
                (Outcome::Updated, true) => "would update",
                (Outcome::Unchanged, _) => "unchanged",
            };
            output.line(&format!("{word} {}", synth.specs.out.join(name).display()));
        }
    } else {
        let count = |wanted: Outcome| written.iter().filter(|(_, outcome, _)| *outcome == wanted).count();
        let (created, updated) = (count(Outcome::Created), count(Outcome::Updated));
        let unchanged = count(Outcome::Unchanged);
        output.line(&format!(
            "{created} created, {updated} updated, {unchanged} unchanged in {}",
            synth.specs.out.display()
        ));
    }
    output.findings(&refused);
    if refused.is_empty() { Ending::Fine } else { Ending::Refused }
}
