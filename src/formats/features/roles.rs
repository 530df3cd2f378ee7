//! What the name of a property usually means.

use crate::formats::import::Role;
use crate::model::fold;

/// Names by role, the surest first, folded. From the columns of the profiles
/// (ACLED, UCDP GED, GTD), USGS, timemap and Linked Places, and common usage.
const NAMES: &[(Role, &[&str])] = &[
    (
        Role::Id,
        &[
            "id",
            "event id",
            "eventid",
            "event id cnty",
            "fid",
            "uid",
            "uuid",
            "identifier",
        ],
    ),
    (
        Role::Title,
        &[
            "title",
            "name",
            "headline",
            "label",
            "event",
            "event name",
            "titre",
            "nom",
        ],
    ),
    (
        Role::Summary,
        &[
            "summary",
            "description",
            "notes",
            "note",
            "desc",
            "text",
            "details",
            "comment",
            "abstract",
        ],
    ),
    (
        Role::Kind,
        &[
            "kind",
            "sub event type",
            "event type",
            "eventtype",
            "type",
            "category",
        ],
    ),
    (
        Role::Date,
        &[
            "when",
            "edtf",
            "date",
            "event date",
            "eventdate",
            "datetime",
            "date time",
            "timestamp",
            "time",
            "occurred",
            "occurred at",
            "incident date",
            "date of incident",
        ],
    ),
    (
        Role::Start,
        &[
            "start",
            "begin",
            "start date",
            "startdate",
            "date start",
            "datestart",
            "begin date",
            "begindate",
            "start time",
            "starttime",
            "begin time",
            "timespan begin",
            "from date",
            "valid from",
            "date from",
        ],
    ),
    (
        Role::End,
        &[
            "end",
            "end date",
            "enddate",
            "date end",
            "dateend",
            "end time",
            "endtime",
            "timespan end",
            "finish",
            "to date",
            "valid to",
            "date to",
        ],
    ),
    (Role::Year, &["year", "iyear"]),
    (Role::Month, &["month", "imonth"]),
    (Role::Day, &["day", "iday"]),
    (Role::EpochSeconds, &["epoch", "unixtime", "unix time"]),
    (Role::EpochMillis, &["epoch ms", "epochms"]),
    (Role::Latitude, &["lat", "latitude", "decimallatitude"]),
    (
        Role::Longitude,
        &["lon", "lng", "long", "longitude", "decimallongitude"],
    ),
    (Role::Precision, &["precision", "location precision"]),
    (Role::Radius, &["radius m", "coordinateuncertaintyinmeters"]),
    (
        Role::Place,
        &[
            "place",
            "location",
            "place name",
            "placename",
            "city",
            "town",
            "village",
            "locality",
            "lieu",
        ],
    ),
    (
        Role::Within,
        &[
            "adm 2",
            "admin2",
            "district",
            "adm 1",
            "admin1",
            "province",
            "governorate",
            "country",
        ],
    ),
    (
        Role::Actor,
        &[
            "actor",
            "actor1",
            "side a",
            "perpetrator",
            "gname",
            "attacker",
        ],
    ),
    (Role::Target, &["target", "actor2", "side b", "victim"]),
    (Role::Source, &["source", "source article", "source name"]),
    (Role::Url, &["source url", "sourceurl", "source link"]),
    (
        Role::Killed,
        &["killed", "fatalities", "deaths", "nkill", "best"],
    ),
    (Role::Wounded, &["wounded", "injured", "nwound"]),
];

/// The role a name usually has, and how sure that is (less is surer).
pub(super) fn guess(name: &str) -> (Role, usize) {
    let name = fold(name);
    let found = NAMES.iter().find_map(|(role, names)| {
        let at = names.iter().position(|n| *n == name)?;
        Some((*role, at))
    });
    found.unwrap_or((Role::Attribute, 0))
}
