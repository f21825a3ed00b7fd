//! What can be asked of the taxonomy. Text is as the client wrote it.

/// A new category, tag or department. Departments have a name only.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Create {
    /// Name.
    pub name: Option<String>,
    /// What it is for.
    pub description: Option<String>,
    /// `#rgb` or `#rrggbb`.
    pub color: Option<String>,
}

/// Changes; none leaves a field as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// Of what.
    pub target: crate::kernel::Target,
    /// Name.
    pub name: Option<String>,
    /// What it is for.
    pub description: Option<String>,
    /// `#rgb` or `#rrggbb`.
    pub color: Option<String>,
}
