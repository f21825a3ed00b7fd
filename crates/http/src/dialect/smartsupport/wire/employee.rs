//! People, in smartsupport.

use chrono::{DateTime, Utc};
use helpdesk_domain::identity::{RejectionView, TokenPair, UserView};
use serde::Serialize;
use utoipa::ToSchema;

use crate::dialect::smartsupport::vocabulary::{approval, company_id, role};
use crate::gate::Seen;

/// An account.
#[derive(Debug, Serialize, ToSchema)]
pub struct Employee {
    /// Integer.
    pub id: i64,
    /// Given name.
    pub first_name: String,
    /// Family name.
    pub last_name: String,
    /// Name between the two; empty for none.
    pub middle_name: String,
    /// `Jr.`, `Sr.`, `III` to `X`; empty for none.
    pub suffix: String,
    /// `MA0001` and on.
    #[schema(example = "MA0001")]
    pub company_id: String,
    /// Name of the department.
    #[schema(example = "IT Department")]
    pub department: Option<String>,
    /// Address.
    pub email: String,
    /// Where the picture is.
    pub image: String,
    /// `Employee`, `Ticket Coordinator` or `System Admin`.
    pub role: &'static str,
    /// `Pending` or `Approved`.
    pub status: &'static str,
    /// When the account was made.
    pub date_created: DateTime<Utc>,
}

impl Employee {
    /// An account.
    pub fn new(view: &UserView, seen: &Seen<'_>) -> Self {
        Self {
            id: view.serial,
            first_name: view.first_name.clone(),
            last_name: view.last_name.clone(),
            middle_name: view.middle_name.clone(),
            suffix: view.suffix.clone(),
            company_id: company_id(view.company_number),
            department: department(view),
            email: view.email.clone(),
            image: seen.image_url(view.image.as_ref()),
            role: role(view.role),
            status: approval(view.approval),
            date_created: view.created_at,
        }
    }
}

fn department(view: &UserView) -> Option<String> {
    view.department.as_ref().map(|department| department.name.clone())
}

/// Somebody applied for an account.
#[derive(Debug, Serialize, ToSchema)]
pub struct Applied {
    /// That they did.
    pub message: &'static str,
    /// Integer.
    pub employee_id: i64,
    /// Address.
    pub email: String,
}

impl From<&UserView> for Applied {
    fn from(view: &UserView) -> Self {
        let message = "Account created successfully. Pending approval. Email sent successfully";
        Self { message, employee_id: view.serial, email: view.email.clone() }
    }
}

/// An admin made an account.
#[derive(Debug, Serialize, ToSchema)]
pub struct EmployeeCreated {
    /// That they did.
    pub message: &'static str,
    /// `MA0001` and on.
    pub company_id: String,
    /// The account.
    pub employee: NewEmployee,
}

/// An account that was just made.
#[derive(Debug, Serialize, ToSchema)]
pub struct NewEmployee {
    /// Integer.
    pub id: i64,
    /// Given name.
    pub first_name: String,
    /// Family name.
    pub last_name: String,
    /// Address.
    pub email: String,
    /// `MA0001` and on.
    pub company_id: String,
    /// Name of the department.
    pub department: Option<String>,
    /// `Employee`, `Ticket Coordinator` or `System Admin`.
    pub role: &'static str,
    /// `Pending`.
    pub status: &'static str,
    /// Where the picture is.
    pub image: String,
}

impl EmployeeCreated {
    /// The account.
    pub fn new(view: &UserView, seen: &Seen<'_>) -> Self {
        let employee = NewEmployee {
            id: view.serial,
            first_name: view.first_name.clone(),
            last_name: view.last_name.clone(),
            email: view.email.clone(),
            company_id: company_id(view.company_number),
            department: department(view),
            role: role(view.role),
            status: approval(view.approval),
            image: seen.image_url(view.image.as_ref()),
        };
        let message = "Employee account created successfully";
        Self { message, company_id: employee.company_id.clone(), employee }
    }
}

/// Somebody has another picture.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImageUploaded {
    /// That they have.
    pub detail: &'static str,
    /// Who.
    pub user: Pictured,
}

/// Somebody with a picture.
#[derive(Debug, Serialize, ToSchema)]
pub struct Pictured {
    /// Integer.
    pub id: i64,
    /// Given name.
    pub first_name: String,
    /// Family name.
    pub last_name: String,
    /// Address.
    pub email: String,
    /// Where the picture is.
    pub image: String,
}

impl ImageUploaded {
    /// The account.
    pub fn new(view: &UserView, seen: &Seen<'_>) -> Self {
        let user = Pictured {
            id: view.serial,
            first_name: view.first_name.clone(),
            last_name: view.last_name.clone(),
            email: view.email.clone(),
            image: seen.image_url(view.image.as_ref()),
        };
        Self { detail: "Image uploaded successfully.", user }
    }
}

/// Somebody who was not let in.
#[derive(Debug, Serialize, ToSchema)]
pub struct RejectedEmployee {
    /// Integer.
    pub id: i64,
    /// `MA0001` and on; nobody gets it again.
    pub company_id: String,
    /// Given name.
    pub first_name: String,
    /// Family name.
    pub last_name: String,
    /// Address.
    pub email: String,
    /// Name of the department.
    pub department: Option<String>,
    /// When it was decided.
    pub timestamp: DateTime<Utc>,
}

impl From<&RejectionView> for RejectedEmployee {
    fn from(view: &RejectionView) -> Self {
        let rejection = &view.rejection;
        Self {
            id: view.serial,
            company_id: company_id(rejection.company_number),
            first_name: rejection.first_name.clone(),
            last_name: rejection.last_name.clone(),
            email: rejection.email.clone(),
            department: rejection.department.clone(),
            timestamp: rejection.rejected_at,
        }
    }
}

/// How many were not let in.
#[derive(Debug, Serialize, ToSchema)]
pub struct RejectedCount {
    /// So many.
    pub rejected_users_count: u64,
}

/// An employee's login.
#[derive(Debug, Serialize, ToSchema)]
pub struct EmployeeLogin {
    /// What every login gives.
    #[serde(flatten)]
    pub login: AdminLogin,
    /// Family name.
    pub last_name: String,
    /// When the account was made.
    #[serde(rename = "dateCreated")]
    pub date_created: DateTime<Utc>,
    /// Where the picture is.
    pub image: String,
}

/// A login of staff.
#[derive(Debug, Serialize, ToSchema)]
pub struct AdminLogin {
    /// To ask with: `Authorization: Bearer`.
    pub access: String,
    /// To get another access token with.
    pub refresh: String,
    /// Address.
    pub email: String,
    /// `Employee`, `Ticket Coordinator` or `System Admin`.
    pub role: &'static str,
    /// Given name.
    pub first_name: String,
}

impl From<&TokenPair> for AdminLogin {
    fn from(pair: &TokenPair) -> Self {
        Self {
            access: pair.access.clone(),
            refresh: pair.refresh.clone(),
            email: pair.user.email.clone(),
            role: role(pair.user.role),
            first_name: pair.user.first_name.clone(),
        }
    }
}

impl EmployeeLogin {
    /// The login.
    pub fn new(pair: &TokenPair, seen: &Seen<'_>) -> Self {
        Self {
            login: AdminLogin::from(pair),
            last_name: pair.user.last_name.clone(),
            date_created: pair.user.created_at,
            image: seen.image_url(pair.user.image.as_ref()),
        }
    }
}
