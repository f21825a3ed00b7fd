//! Field service over mocked ports.
