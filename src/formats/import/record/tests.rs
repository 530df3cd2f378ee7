use super::*;

fn plan(columns: &[&str], row: &[&str]) -> (Plan, Gather) {
    let names: Vec<String> = columns.iter().map(|c| (*c).to_owned()).collect();
    let mut gather = Gather::default();
    let samples = |c: usize| vec![row.get(c).map_or(String::new(), |v| (*v).to_owned())];
    let plan = Plan::new(&names, &samples, None, &mut gather);
    (plan, gather)
}

#[test]
fn a_record_becomes_a_draft() {
    let columns = ["Nom", "Latitude", "Longitude", "Date de début", "humeur"];
    let row = ["Marche", "14,5", "2°30'E", "3 mai 2014", "bonne"];
    let (plan, _) = plan(&columns, &row);
    assert_eq!(
        plan.roles(),
        [
            Role::Title,
            Role::Latitude,
            Role::Longitude,
            Role::Start,
            Role::Attribute
        ]
    );
    let (mut draft, mut findings) = (Draft::default(), Findings::default());
    plan.fill(&mut draft, |c| row[c], 2, &mut findings);
    assert_eq!(draft.title, "Marche");
    assert_eq!(draft.geometry, Some(geo::Point::new(2.5, 14.5).into()));
    assert_eq!(
        draft.time,
        super::super::DraftTime::Extent(dates::day(2014, 5, 3).unwrap())
    );
    assert_eq!(draft.attributes, [(Column(4), Cow::Borrowed("bonne"))]);
}
