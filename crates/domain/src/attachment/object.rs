//! Where contents are kept.

use uuid::Uuid;

/// The folders of the content store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Folder {
    /// What is attached to tickets (seed 004).
    Attachments,
    /// What people upload for themselves.
    Uploads,
    /// Pictures of people (seed 004).
    Images,
}

impl Folder {
    const ALL: [Self; 3] = [Self::Attachments, Self::Uploads, Self::Images];

    /// Its name.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Attachments => "ticket_attachments",
            Self::Uploads => "files",
            Self::Images => "employee_images",
        }
    }
}

/// The name of an object in the content store: `folder/uuid.extension`. Safe in paths and in URLs.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ObjectKey(String);

/// The picture of everybody who has none.
const DEFAULT_IMAGE: &str = "employee_images/default-profile.png";

/// The longest extension that is kept.
const LONGEST_EXTENSION: usize = 8;

impl ObjectKey {
    /// A name for a new object. Of an extension only letters and digits are kept.
    pub fn new(folder: Folder, id: Uuid, extension: &str) -> Self {
        let is_plain = !extension.is_empty() && extension.len() <= LONGEST_EXTENSION && plain(extension);
        let extension = if is_plain { format!(".{}", extension.to_ascii_lowercase()) } else { String::new() };
        Self(format!("{}/{id}{extension}", folder.word()))
    }

    /// The picture of everybody who has none; it is in no store.
    pub fn default_image() -> Self {
        Self(DEFAULT_IMAGE.to_owned())
    }

    /// Reads a name that somebody brought; none for what is no name of ours.
    pub fn parse(text: &str) -> Option<Self> {
        if text == DEFAULT_IMAGE {
            return Some(Self::default_image());
        }
        let (folder, file) = text.split_once('/')?;
        let folder = Folder::ALL.into_iter().find(|known| known.word() == folder)?;
        let (id, extension) = file.split_once('.').unwrap_or((file, ""));
        let key = Self::new(folder, Uuid::try_parse(id).ok()?, extension);
        (key.0 == text).then_some(key)
    }

    /// A name that is already known to be good.
    pub fn trusted(text: String) -> Self {
        Self(text)
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is the picture of everybody who has none.
    pub fn is_default_image(&self) -> bool {
        self.0 == DEFAULT_IMAGE
    }

    /// The folder that it is in.
    pub fn folder(&self) -> Option<Folder> {
        let (folder, _) = self.0.split_once('/')?;
        Folder::ALL.into_iter().find(|known| known.word() == folder)
    }

    /// The UUID in it.
    pub fn id(&self) -> Option<Uuid> {
        let (_, file) = self.0.split_once('/')?;
        Uuid::try_parse(file.split('.').next()?).ok()
    }
}

fn plain(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_object_is_named_by_folder_id_and_a_plain_extension() {
        let key = |extension| ObjectKey::new(Folder::Uploads, Uuid::nil(), extension).0;
        assert_eq!(key("PNG"), "files/00000000-0000-0000-0000-000000000000.png");
        for odd in ["", "p/g", "..", "ünï", "waytoolongforus"] {
            assert_eq!(key(odd), "files/00000000-0000-0000-0000-000000000000", "{odd}");
        }
    }

    #[test]
    fn only_names_of_ours_are_read() {
        let key = ObjectKey::new(Folder::Attachments, Uuid::nil(), "pdf");
        assert_eq!(ObjectKey::parse(key.as_str()), Some(key.clone()));
        assert_eq!((key.id(), key.folder()), (Some(Uuid::nil()), Some(Folder::Attachments)));
        for foreign in ["", "/etc/passwd", "files/../x", "files/x", "secrets/00000000-0000-0000-0000-000000000000", "files/"] {
            assert_eq!(ObjectKey::parse(foreign), None, "{foreign}");
        }
        assert!(ObjectKey::parse("employee_images/default-profile.png").is_some_and(|key| key.is_default_image()));
    }
}
