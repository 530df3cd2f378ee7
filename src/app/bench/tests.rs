use super::*;

fn loaded(events: usize) -> Loaded {
    Loaded {
        dataset: Arc::new(synthetic::dataset(events, 1, &|_, _| {})),
        load_s: 0.0,
        index_s: 0.0,
    }
}

#[test]
fn the_json_has_the_keys_and_cases_it_promises() {
    let screen = Offscreen::new(SIZE, 1.0, Driver::Software).unwrap();
    let figures = measure(loaded(300), None, Some(screen), &[]).unwrap();
    let value = serde_json::to_value(&figures).unwrap();
    for key in [
        "events",
        "adapter",
        "cores",
        "load_s",
        "index_s",
        "first_frame_ms",
        "memory_mb",
        "cases",
        "floor_ms",
    ] {
        assert!(!value[key].is_null(), "{key}");
    }
    let cases = value["cases"].as_array().unwrap();
    let names: Vec<_> = cases.iter().map(|c| c["name"].as_str().unwrap()).collect();
    assert_eq!(names[..CASES.len()], CASES);
    for case in cases {
        for key in ["frames", "p50_ms", "p95_ms", "p99_ms", "cpu_ms"] {
            assert!(case[key].is_number(), "{key} of {case}");
        }
    }
    let scrub = figures.case("scrub").unwrap();
    assert_eq!(scrub.frames, 4);
    assert!(scrub.above_empty_cpu_p99_ms.is_some());
    let pick = figures.case("pick").unwrap();
    assert!(pick.cards.unwrap() >= 2, "{:?}", pick.cards);
    let text = report::text(&figures);
    assert!(text.contains("scrub, p99 of CPU"), "{text}");
    let table = report::growth(&[figures.clone(), figures]);
    assert!(table.contains("| `pan`: p50 / p99 (ms) |"), "{table}");
}

#[test]
fn without_a_driver_the_rest_is_measured() {
    let figures = measure(loaded(200), None, None, &[]).unwrap();
    assert_eq!(figures.adapter, "none");
    assert!(figures.case("scrub").is_none());
    assert!(figures.case("histogram").is_some());
    assert!(report::text(&figures).contains("naive scan"));
}

#[test]
fn a_file_is_measured_like_made_up_events() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("made.csv");
    let made_up = loaded(300).dataset;
    crate::formats::delimited::plain::write(&made_up, std::fs::File::create(&path).unwrap())
        .unwrap();
    let args = BenchArgs {
        file: Some(path),
        events: 0,
        json: true,
        growth: None,
        only: Vec::new(),
        write_csv: None,
        import: None,
    };
    let read = load(&args).unwrap();
    assert_eq!(read.dataset.len(), 300);
    assert!(read.load_s > 0.0 && read.index_s > 0.0);
    assert_eq!(read.dataset.time_span(), made_up.time_span());
    let figures = measure(read, args.file, None, &[]).unwrap();
    assert_eq!(figures.events, 300);
}
