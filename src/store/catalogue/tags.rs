//! Tags, as data: in schemes that somebody gave, and free ones.

use sqlx::Row;
use sqlx::any::AnyRow;

use crate::base::id::TagId;
use crate::base::invalid::Invalid;
use crate::base::text::{lines, one_line};
use crate::store::audit::{By, record};
use crate::store::columns::id;
use crate::store::error::StoreError;
use crate::store::open::Store;
use crate::store::page::{Page, PageRequest};
use crate::store::statement::Statement;

const NAME_CHARS: usize = 80;
const SCHEME_CHARS: usize = 39;
const ABOUT_CHARS: usize = 2000;
const COLUMNS: &str = "id, scheme, name, about, version,
    (SELECT COUNT(*) FROM record_tag AS r WHERE r.tag = tag.id) AS used";

/// A tag as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// Its id.
    pub id: TagId,
    /// Its scheme; empty for a free tag.
    pub scheme: String,
    /// Its name.
    pub name: String,
    /// What it means.
    pub about: String,
    /// Counts its changes.
    pub version: i64,
    /// How many records have it.
    pub used: i64,
}

impl Tag {
    /// As records write it.
    pub fn label(&self) -> String {
        match self.scheme.as_str() {
            "" => self.name.clone(),
            scheme => format!("{scheme}:{}", self.name),
        }
    }

    fn read(row: &AnyRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: id(&row.try_get::<String, _>("id")?)?,
            scheme: row.try_get("scheme")?,
            name: row.try_get("name")?,
            about: row.try_get("about")?,
            version: row.try_get("version")?,
            used: row.try_get("used")?,
        })
    }
}

/// A tag as it is to be made: checked.
#[derive(Clone, Debug)]
pub struct NewTag {
    scheme: String,
    name: String,
    about: String,
}

impl NewTag {
    /// A tag of a scheme, or a free one.
    ///
    /// # Errors
    ///
    /// [`Invalid`] on the field.
    pub fn new(scheme: &str, name: &str, about: &str) -> Result<Self, Invalid> {
        let scheme = match scheme.trim() {
            "" => String::new(),
            scheme => word("scheme", scheme, SCHEME_CHARS)?,
        };
        Ok(Self {
            scheme,
            name: word("name", name, NAME_CHARS)?,
            about: lines("about", about, ABOUT_CHARS)?,
        })
    }
}

/// What a change to a tag names; the rest stays.
#[derive(Clone, Debug, Default)]
pub struct TagChange {
    name: Option<String>,
    about: Option<String>,
}

impl TagChange {
    /// The fields that are to change.
    ///
    /// # Errors
    ///
    /// [`Invalid`] on the field.
    pub fn new(name: Option<&str>, about: Option<&str>) -> Result<Self, Invalid> {
        Ok(Self {
            name: name.map(|it| word("name", it, NAME_CHARS)).transpose()?,
            about: about
                .map(|it| lines("about", it, ABOUT_CHARS))
                .transpose()?,
        })
    }
}

/// What may stand in a label: nothing that parts labels or their halves.
fn word(field: &'static str, text: &str, max: usize) -> Result<String, Invalid> {
    if text.contains(['|', ':']) {
        return Err(Invalid::new(field, "must not contain | or :"));
    }
    one_line(field, text, max)
}

impl Store {
    /// Makes a tag.
    ///
    /// # Errors
    ///
    /// [`StoreError::Conflict`] when its scheme has one of this name.
    pub async fn create_tag(&self, tag: &NewTag, by: &By) -> Result<Tag, StoreError> {
        let mut tx = self.begin().await?;
        let made = TagId::new();
        let mut statement = Statement::new(
            "INSERT INTO tag (id, scheme, name, about, version, created_at, changed_at) VALUES ",
        );
        statement.rows([vec![
            made.to_string().into(),
            tag.scheme.as_str().into(),
            tag.name.as_str().into(),
            tag.about.as_str().into(),
            1_i64.into(),
            by.at.0.into(),
            by.at.0.into(),
        ]]);
        let done = statement.execute(&mut tx).await;
        done.map_err(|it| it.or_conflict("there is already such a tag"))?;
        record(&mut tx, by, "tag.create", &format!("tag:{made}"), "").await?;
        tx.commit().await?;
        self.tag(made).await
    }

    /// The tag with this id.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotFound`].
    pub async fn tag(&self, tag: TagId) -> Result<Tag, StoreError> {
        let mut statement = Statement::new(&format!("SELECT {COLUMNS} FROM tag WHERE id = "));
        statement.arg(tag.to_string());
        let mut on = self.read.acquire().await?;
        let rows = statement.fetch(&mut on).await?;
        Tag::read(rows.first().ok_or(StoreError::NotFound("tag"))?)
    }

    /// All tags, newest first.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`].
    pub async fn tags(
        &self,
        scheme: Option<&str>,
        page: &PageRequest,
    ) -> Result<Page<Tag>, StoreError> {
        let mut statement = Statement::new(&format!("SELECT {COLUMNS} FROM tag WHERE 1 = 1"));
        if let Some(scheme) = scheme {
            statement.sql(" AND scheme = ").arg(scheme);
        }
        if let Some(after) = page.after() {
            statement.sql(" AND id < ").arg(after);
        }
        if let Some(like) = page.like() {
            statement
                .sql(" AND lower(name) LIKE ")
                .arg(like)
                .sql(" ESCAPE '\\'");
        }
        statement.sql(" ORDER BY id DESC LIMIT ").arg(page.fetch());
        let mut on = self.read.acquire().await?;
        let rows = statement.fetch(&mut on).await?;
        let tags: Vec<Tag> = rows.iter().map(Tag::read).collect::<Result<_, _>>()?;
        Ok(page.page(tags, |it| it.id.to_string()))
    }

    /// Changes what `change` names; the records that have the tag follow.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotFound`]; [`StoreError::Stale`] when `version` is given and is not the
    /// current one; [`StoreError::Conflict`] when its scheme has one of this name.
    pub async fn change_tag(
        &self,
        tag: TagId,
        version: Option<i64>,
        change: &TagChange,
        by: &By,
    ) -> Result<Tag, StoreError> {
        let mut tx = self.begin().await?;
        let mut statement = Statement::new("UPDATE tag SET version = version + 1, changed_at = ");
        statement.arg(by.at.0);
        if let Some(name) = &change.name {
            statement.sql(", name = ").arg(name.as_str());
        }
        if let Some(about) = &change.about {
            statement.sql(", about = ").arg(about.as_str());
        }
        statement.sql(" WHERE id = ").arg(tag.to_string());
        if let Some(version) = version {
            statement.sql(" AND version = ").arg(version);
        }
        let done = statement.execute(&mut tx).await;
        if done.map_err(|it| it.or_conflict("there is already such a tag"))? == 0 {
            drop(tx);
            self.tag(tag).await?;
            return Err(StoreError::Stale);
        }
        record(&mut tx, by, "tag.change", &format!("tag:{tag}"), "").await?;
        tx.commit().await?;
        self.tag(tag).await
    }

    /// Deletes a tag, and takes it from the records that have it.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotFound`].
    pub async fn delete_tag(&self, tag: TagId, by: &By) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        let mut statement = Statement::new("DELETE FROM tag WHERE id = ");
        statement.arg(tag.to_string());
        if statement.execute(&mut tx).await? == 0 {
            return Err(StoreError::NotFound("tag"));
        }
        record(&mut tx, by, "tag.delete", &format!("tag:{tag}"), "").await?;
        Ok(tx.commit().await?)
    }
}
