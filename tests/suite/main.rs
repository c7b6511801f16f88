//! Everything that is tested through the library, in one binary.
mod refused;
