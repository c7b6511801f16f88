//! t
use std::path::PathBuf;
fn main(){ //x
 let paths: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
 let files = rotaform::spec::files(&paths).unwrap_or_else(|e| {print!("{}", rotaform::diagnostic::render::human(&e,false)); std::process::exit(1)});
 for f in files { match rotaform::spec::documents(&f) { Err(e)=>print!("{}", rotaform::diagnostic::render::human(&e,false)), Ok(ds)=> for d in ds { match rotaform::spec::read(&d) {Err(e)=>print!("{}", rotaform::diagnostic::render::human(&e,false)), Ok(s)=>println!("ok {} {:?}", s.name, rotaform::spec::Shipped::read(&s,&d).map(|s|s.directory_missing))}}}}
}
