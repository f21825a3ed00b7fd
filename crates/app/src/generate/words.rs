//! What generated tickets are made of. `{…}` stands for a word of the pool of that name, `{n}` for a number, `{error}`
//! for an error code, `{version}` for a version, `{name}` for a person.

pub const FIRST_NAMES: &[&str] = &[
    "Anna", "Ben", "Carla", "David", "Elena", "Felix", "Grace", "Hugo", "Ines", "Jonas", "Karin", "Liam", "Maria", "Nils",
    "Olga", "Paul", "Quinn", "Rosa", "Samuel", "Tara", "Umar", "Vera", "Walter", "Xenia", "Yusuf", "Zoe", "Amir", "Bianca",
    "Chen", "Dora", "Emil", "Fatima", "George", "Hana", "Ivan", "Julia", "Kofi", "Lena", "Marco", "Nadia", "Oscar", "Priya",
    "Rafael", "Sofia", "Thomas", "Ulla", "Victor", "Wanda", "Yara", "Zane",
];

pub const LAST_NAMES: &[&str] = &[
    "Adler", "Bauer", "Costa", "Dubois", "Eriksen", "Fischer", "Garcia", "Haddad", "Ivanov", "Jensen", "Kowalski", "Lopez",
    "Moreau", "Novak", "Okafor", "Petrov", "Quist", "Rossi", "Schmidt", "Tanaka", "Ueda", "Vogel", "Weber", "Xu", "Yilmaz",
    "Zhang", "Andersson", "Becker", "Cohen", "Diaz", "Ferrari", "Gupta", "Hoffmann", "Ibrahim", "Kim", "Larsen", "Martin",
    "Nguyen", "Olsen", "Patel", "Reyes", "Silva", "Taylor", "Usman", "Vasquez", "Wagner", "Young", "Zimmermann",
];

pub const PRODUCTS: &[&str] = &[
    "Atlas CRM", "Beacon Mail", "the customer portal", "the web shop", "Orion Reports", "the VPN client", "PayGate", "the intranet",
    "Neptune ERP", "the mobile app", "TimeTrack", "the document archive", "Falcon Chat", "the ticket system", "DataVault",
    "the warehouse scanner", "Pixel Studio", "the payroll system", "the booking calendar", "CloudDrive", "the phone portal",
    "Quartz BI", "the print server", "the supplier platform", "Sentinel Antivirus", "the learning platform",
];

pub const DEVICES: &[&str] = &[
    "laptop", "docking station", "monitor", "printer", "label printer", "headset", "tablet", "desk phone", "scanner", "keyboard",
    "conference camera", "badge reader", "access point", "projector", "workstation", "mobile phone",
];

pub const PLACES: &[&str] = &[
    "the Berlin office", "floor 2", "floor 3", "the warehouse", "room Einstein", "the branch in Lyon", "the reception",
    "the home office", "the server room", "building C", "the call centre", "the Madrid office", "the workshop", "room Curie",
];

pub const TIMES: &[&str] = &[
    "this morning", "yesterday", "Monday", "last Friday", "the last update", "the migration", "the weekend", "two days ago",
    "about an hour ago", "the password change", "the beginning of the month", "the power failure", "lunch", "last week",
];

pub const TEAMS: &[&str] = &[
    "finance", "sales", "marketing", "accounting", "logistics", "purchasing", "human resources", "the legal team", "production",
    "quality assurance", "customer service", "the design team", "research",
];

pub const ACTIONS: &[&str] = &[
    "saving an order", "opening an attachment", "exporting the report", "uploading a file", "signing in", "printing an invoice",
    "sending a message", "starting a video call", "searching for a customer", "changing the address", "approving a request",
    "importing the price list", "synchronising the calendar", "creating a backup", "scanning a pallet", "closing the month",
];

pub const TAGS: &[&str] = &[
    "login", "password", "network", "vpn", "wifi", "printer", "hardware", "software", "mail", "calendar", "invoice", "refund",
    "payment", "export", "import", "report", "crash", "performance", "security", "phishing", "mobile", "browser", "permissions",
    "onboarding", "offboarding", "licence", "upgrade", "backup", "database", "api", "integration", "phone", "training", "how-to",
    "urgent-customer", "warehouse", "home-office", "meeting-room", "storage", "regression",
];

pub const TITLES: &[&str] = &[
    "Cannot sign in to {product} since {time}",
    "{product} shows error {error}",
    "Error {error} when {action}",
    "{product} is very slow in {place}",
    "New {device} for {name}",
    "{device} in {place} does not work",
    "Access to {product} for {name}",
    "Invoice INV-{n} is wrong",
    "Refund for order {n}",
    "{product} crashes when {action}",
    "Please reset the password of {name}",
    "How do I export data from {product}?",
    "Network drops in {place}",
    "Licence of {product} expires",
    "Request: dark mode for {product}",
    "Duplicate entries in {product} after {time}",
    "{device} of {name} is broken",
    "Question about {product} {version}",
    "Mail from {product} does not arrive",
    "Permission denied in {product} for {team}",
    "{product} asks for the password again and again",
    "Integration between {product} and {product} stopped",
    "Update of {product} to {version} fails with {error}",
    "Wrong figures in the report of {team}",
    "Account of {name} is locked",
    "Move of {team} to {place}",
    "Suspicious message that claims to be from {product}",
    "Time zone is wrong in {product}",
    "Payment of invoice INV-{n} fails with {error}",
    "Missing data in {product} since {time}",
];

pub const SENTENCES: &[&str] = &[
    "Since {time} {product} does not respond when I am {action}.",
    "The message says {error} and then the window closes.",
    "It happens on my {device} as well as on the one of {name}.",
    "I restarted the {device} twice, but that did not help.",
    "Colleagues in {place} have the same problem.",
    "We use version {version} and everybody in {team} is affected.",
    "The last time it worked was {time}.",
    "Please call me back, I am in {place} until four.",
    "{name} from {team} told me to open a ticket for this.",
    "Steps: open {product}, sign in, then try {action}; after some seconds error {error} appears.",
    "I attached nothing because the upload of the screenshot fails, too.",
    "This blocks {team}, we have to finish the closing by Friday.",
    "In the log I found the line with code {error} and the number {n}.",
    "It is not urgent, but it costs us about half an hour every day.",
    "With another browser the page loads, however {action} still fails.",
    "The {device} was replaced {time} and has made trouble since.",
    "Could you please check whether the permissions of {team} were changed?",
    "Order {n} and invoice INV-{n} are concerned, the customer is waiting.",
    "Our contact at the supplier is {name}, who can be reached during the day.",
    "Before the update to {version} everything was fine.",
    "Sometimes it works at the second attempt, mostly it does not.",
    "The network cable and the power supply have been checked.",
    "I would like to know how long this will take.",
    "Thank you for your help!",
    "We need this for {name}, who starts in {team} on the first.",
    "The amount is {n}.00 too high, please have a look at it.",
    "In {place} the connection is lost every few minutes.",
    "{product} does not show the entries that were made in {product}.",
    "Please add {name} to the group of {team} with the right to read.",
    "The confirmation was sent to the wrong address.",
    "After {action} the page stays white and the console reports {error}.",
    "My manager {name} agrees with this request.",
];

pub const ANSWERS: &[&str] = &[
    "Thank you for the report. I can reproduce it with version {version} and am looking into it.",
    "Could you please restart the {device} and try {action} once more?",
    "The permissions have been corrected; please sign out of {product} and in again.",
    "This is caused by the update of {product} {time}. A fix is being tested.",
    "I have ordered a new {device}; it will be in {place} within three days.",
    "The log shows {error}. We have passed it on to the vendor under case {n}.",
    "The refund for order {n} has been started and takes a few days.",
    "{name} from {team} has to approve this first; I have asked.",
    "We have increased the limit of {product}. Does it work now?",
    "Please send us a screenshot of the message with code {error}.",
];

pub const REPLIES: &[&str] = &[
    "It works now, thank you!",
    "Unfortunately it still says {error} when I am {action}.",
    "I tried it on another {device} with the same result.",
    "Yes, that is right. {name} can tell you more.",
    "Any news? {team} is waiting for it.",
    "The new {device} has arrived in {place}, everything is fine.",
];

pub const NOTES: &[&str] = &[
    "Same cause as TX{n}; see error {error}.",
    "Talked to {name}: the change of {time} was not announced.",
    "Vendor confirms the defect, fixed in {version}.",
    "If it comes back, replace the {device}.",
];

pub const RESOLUTIONS: &[&str] = &[
    "Permissions corrected.",
    "Fixed with version {version}.",
    "The {device} was replaced.",
    "Configuration of {product} corrected, error {error} does not appear any more.",
    "Explained to {name}.",
    "Service restarted and monitoring added.",
    "Amount refunded.",
];
