use super::*;
use proptest::prelude::*;

const COMMAS: Shape = Shape {
    delimiter: b',',
    quotes: true,
    returns: false,
};

fn all(text: &str) -> Vec<Vec<String>> {
    let records = Records::of(text.to_owned(), COMMAS, 1);
    (0..records.len())
        .map(|r| records.fields(r).map(str::to_owned).collect())
        .collect()
}

#[test]
fn fields_are_parted_as_they_are_meant() {
    for (text, wanted) in [
        ("a,b\n1,2\n", vec![vec!["a", "b"], vec!["1", "2"]]),
        ("a,b\r1,\r", vec![vec!["a", "b"], vec!["1", ""]]),
        (
            "\"a\"\"b\",\"c\nd\"\r\n\r\n,",
            vec![vec!["a\"b", "c\nd"], vec!["", ""]],
        ),
        (
            "\"say \"hello\" twice\",x",
            vec![vec!["say \"hello\" twice", "x"]],
        ),
        ("\"a\" ,b", vec![vec!["a", "b"]]),
        ("5\" gun,x\ny,z", vec![vec!["5\" gun", "x"], vec!["y", "z"]]),
        (
            "\"never,closed\nx,y",
            vec![vec!["\"never", "closed"], vec!["x", "y"]],
        ),
        (
            "\"open,1\n\"b\"x,2\nc,3",
            vec![vec!["\"open", "1"], vec!["\"b\"x", "2"], vec!["c", "3"]],
        ),
        ("a,\"\"", vec![vec!["a", ""]]),
    ] {
        assert_eq!(all(text), wanted, "{text:?}");
    }
}

#[test]
fn lines_are_counted_within_fields() {
    let records = Records::of("a\n\n\"b\nc\",\nd\n".to_owned(), COMMAS, 1);
    let lines: Vec<u64> = (0..records.len()).map(|r| records.line(r)).collect();
    assert_eq!(lines, [1, 3, 5]);
}

proptest! {
    #[test]
    fn a_cut_changes_nothing(text in "([a-b\",\n\r ]|\"\"|,\"|\",|\"\n){0,60}", size in 1_usize..40) {
        // Of quotes that are broken, what follows them decides how they are read.
        prop_assume!(Records::of(text.clone(), COMMAS, 1).broken.is_empty());
        let mut parts = Vec::new();
        let (mut rest, mut given) = (Vec::new(), text.as_bytes());
        loop {
            let take = size.min(given.len());
            rest.extend_from_slice(&given[..take]);
            given = &given[take..];
            let end = cut(&rest, COMMAS, given.is_empty());
            let block: Vec<u8> = rest.drain(..end).collect();
            parts.extend(all(std::str::from_utf8(&block).unwrap()));
            if given.is_empty() {
                break;
            }
        }
        prop_assert_eq!(parts, all(&text));
    }

    #[test]
    fn what_is_proper_is_read_as_the_csv_crate_does(
        rows in prop::collection::vec(prop::collection::vec("[a-c\",\n\r ]{0,6}", 2..4), 1..6),
    ) {
        let mut out = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
        for row in &rows {
            out.write_record(row).unwrap();
        }
        let text = String::from_utf8(out.into_inner().unwrap()).unwrap();
        prop_assert_eq!(all(&text), rows);
    }
}
