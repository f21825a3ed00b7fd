//! How two tickets belong together.

/// How the ticket that a link begins at belongs to the one that it leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LinkKind {
    /// Both are about the same.
    RelatesTo,
    /// The other cannot go on before it.
    Blocks,
    /// It says what the other says.
    Duplicates,
    /// It is the whole that the other is a part of.
    Parent,
    /// It was merged into the other; made and ended by merging alone.
    MergedInto,
    /// It was split off from the other; made and ended by splitting alone.
    SplitFrom,
}

impl LinkKind {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::RelatesTo, Self::Blocks, Self::Duplicates, Self::Parent, Self::MergedInto, Self::SplitFrom];

    /// Its word where it begins; this one is stored.
    pub const fn word(self) -> &'static str {
        match self {
            Self::RelatesTo => "relates_to",
            Self::Blocks => "blocks",
            Self::Duplicates => "duplicates",
            Self::Parent => "parent",
            Self::MergedInto => "merged_into",
            Self::SplitFrom => "split_from",
        }
    }

    /// Its word where it leads to.
    pub const fn inverse(self) -> &'static str {
        match self {
            Self::RelatesTo => "relates_to",
            Self::Blocks => "blocked_by",
            Self::Duplicates => "duplicated_by",
            Self::Parent => "child",
            Self::MergedInto => "merged_from",
            Self::SplitFrom => "split_into",
        }
    }

    /// Whether people make and end it.
    pub const fn is_free(self) -> bool {
        !matches!(self, Self::MergedInto | Self::SplitFrom)
    }

    /// The kind of that word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// A link as it is seen from one of its ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Relation {
    /// Its kind.
    pub kind: LinkKind,
    /// Whether it is seen from where it leads to.
    pub is_inverse: bool,
}

impl Relation {
    /// Its word from this end.
    pub const fn word(self) -> &'static str {
        if self.is_inverse { self.kind.inverse() } else { self.kind.word() }
    }

    /// The same link from the other end.
    #[must_use]
    pub const fn turned(self) -> Self {
        Self { kind: self.kind, is_inverse: !self.is_inverse }
    }

    /// The relation that somebody makes by that word.
    pub fn parse(word: &str) -> Option<Self> {
        let sides = [false, true].into_iter().flat_map(|is_inverse| LinkKind::ALL.map(|kind| Self { kind, is_inverse }));
        sides.into_iter().find(|relation| relation.kind.is_free() && relation.word() == word)
    }
}
