use super::*;
use crate::formats::bundled;

/// The playhead of a window that ends with this expression.
fn playhead(edtf: &str) -> Millis {
    Window::parse(edtf).unwrap().end - 1
}

fn djibo(at: &str) -> (Dataset, ActorView) {
    view("illiassou-djibo", at)
}

fn view(id: &str, at: &str) -> (Dataset, ActorView) {
    let (dataset, _) = bundled().unwrap();
    let ix = dataset.actor_by_id(id).unwrap();
    let view = ActorView::new(&dataset, ix, playhead(at));
    (dataset, view)
}

#[test]
fn djibo_is_alive_then_perhaps_dead_then_dead() {
    for (at, life) in [
        ("2017-10-04", Life::Acts),
        ("2022-10-27", Life::Acts),
        ("2022-10-28", Life::PerhapsEnded),
        ("2022-10-29", Life::PerhapsEnded),
        ("2022-10-30", Life::PerhapsEnded),
        ("2022-10-31", Life::Ended),
        ("2022-11", Life::Ended),
        ("2024", Life::Ended),
    ] {
        let (dataset, view) = djibo(at);
        assert_eq!(view.standing.life, life, "{at}");
        let state = view
            .standing
            .state
            .map(|i| dataset.actor(view.actor).states[i].state);
        assert_eq!(state, (life != Life::Acts).then_some(State::Killed), "{at}");
    }
}

#[test]
fn djibo_has_a_rank_while_his_leader_lives() {
    for (at, rank, certainly) in [
        ("2019", Some("senior lieutenant"), true),
        ("2021-08-16", Some("senior lieutenant"), true),
        ("2022-01", Some("cadre"), false),
        ("2023", None, false),
    ] {
        let (dataset, view) = djibo(at);
        let tie = view.rank(&dataset);
        let role = tie.map(|t| dataset.relation(t.relation).role.get("en").to_owned());
        assert_eq!(role.as_deref(), rank, "{at}");
        if let Some(tie) = tie {
            assert_eq!(tie.phase == Phase::Holds, certainly, "{at}");
        }
    }
}

#[test]
fn ties_are_past_after_they_end_and_future_before_they_start() {
    let of = |at: &str| {
        let (dataset, view) = djibo(at);
        let tie = view
            .ties
            .iter()
            .find(|t| dataset.relation(t.relation).id == "djibo-lieutenant-of-abou-walid")
            .unwrap();
        tie.phase
    };
    assert_eq!(of("2016"), Phase::Future);
    assert_eq!(of("2020"), Phase::Holds);
    assert_eq!(of("2024"), Phase::Past);
}

#[test]
fn ties_that_hold_come_before_those_that_do_not() {
    for at in ["2016", "2018", "2022-10-29", "2024"] {
        let (_, view) = view("islamic-state-sahel", at);
        assert!(view.ties.iter().any(|t| t.phase.is_now()), "{at}");
        assert!(
            view.ties.windows(2).all(|w| w[0].phase <= w[1].phase),
            "{at}"
        );
    }
}

#[test]
fn killed_says_more_than_neutralised() {
    let (dataset, view) = view("abou-walid-al-sahraoui", "2021-09");
    let state = view.standing.state.unwrap();
    assert_eq!(dataset.actor(view.actor).states[state].state, State::Killed);
    let (dataset, view) = self::view("al-mahmoud", "2023");
    let state = view.standing.state.unwrap();
    assert_eq!(
        dataset.actor(view.actor).states[state].state,
        State::Neutralised
    );
}

#[test]
fn a_group_is_not_there_before_it_is_founded() {
    for (at, life) in [
        ("2013", Life::NotYet),
        ("2014-06", Life::PerhapsNotYet),
        ("2015", Life::Acts),
    ] {
        let (_, view) = view("katiba-du-gourma", at);
        assert_eq!(view.standing.life, life, "{at}");
    }
}

#[test]
fn the_name_of_the_time_comes_first_among_its_kind() {
    let first = |at: &str| {
        let (dataset, view) = view("islamic-state-sahel", at);
        let line = view.names[0];
        dataset.actor(view.actor).names[line.at].name.clone()
    };
    assert_eq!(first("2018"), "Islamic State in the Greater Sahara");
    assert_eq!(first("2023"), "Wilaya Sahel de l’État islamique");
}

#[test]
fn each_state_knows_the_claims_about_it() {
    let (dataset, view) = djibo("2024");
    for line in &view.states {
        assert!(
            !line.evidence.support.is_empty(),
            "{:?}",
            dataset.actor(view.actor).states[line.at]
        );
    }
}

#[test]
fn a_doubted_death_keeps_the_doubt() {
    let (dataset, view) = djibo("2024");
    let state = view.standing.state.unwrap();
    let line = view.states.iter().find(|l| l.at == state).unwrap();
    let doubts = line.evidence.against.iter();
    assert!(
        doubts
            .into_iter()
            .any(|c| dataset.claim(*c).stance == Stance::Doubts)
    );
}
