//! Files of the columnar formats, whole and damaged.

use std::sync::Arc;

use arrow_array::builder::{
    Float64Builder, Int64Builder, ListBuilder, MapBuilder, StringBuilder, StringDictionaryBuilder,
};
use arrow_array::types::Int32Type;
use arrow_array::{
    Array, ArrayRef, BooleanArray, Date32Array, Decimal128Array, Float64Array, RecordBatch,
    StringArray, StructArray, TimestampMicrosecondArray,
};
use arrow_buffer::OffsetBuffer;
use arrow_schema::{DataType, Field, Fields, Schema};
use parquet::arrow::ArrowWriter;
use parquet::file::metadata::KeyValue;

use crate::formats::shown::{bytes, fixture, samples, shown};

#[test]
fn geoparquet_of_others() {
    for name in ["data-point", "data-multipolygon"] {
        let opened = fixture(&format!("geoparquet/{name}-encoding_wkb.parquet")).unwrap();
        insta::assert_snapshot!(name, shown(&opened));
    }
}

#[test]
fn every_geoparquet_sample_opens() {
    let mut seen = Vec::new();
    samples("geoparquet", &mut |name, opened| {
        if name.ends_with(".parquet") {
            let (dataset, report) = opened.unwrap();
            seen.push(format!("{name}: {} {:?}", dataset.len(), report.rows));
        }
    });
    seen.sort();
    if !seen.is_empty() {
        insta::assert_snapshot!(seen.join("\n"));
    }
}

#[test]
fn flatgeobuf_in_degrees_and_metres() {
    for name in ["made", "mercator"] {
        let opened = fixture(&format!("flatgeobuf/{name}.fgb")).unwrap();
        insta::assert_snapshot!(format!("flatgeobuf_{name}"), shown(&opened));
    }
    let error = fixture("flatgeobuf/utm.fgb").err().unwrap().to_string();
    assert!(error.contains("EPSG:32631"), "{error}");
}

/// Two points as structs of `x` and `y`.
fn points() -> StructArray {
    let fields = ["x", "y"].map(|name| Field::new(name, DataType::Float64, false));
    let x: ArrayRef = Arc::new(Float64Array::from(vec![2.5, -1.25]));
    let y: ArrayRef = Arc::new(Float64Array::from(vec![13.5, 12.0]));
    StructArray::new(Fields::from(fields.to_vec()), vec![x, y], None)
}

/// Two rows of columns of every sort.
fn everything() -> RecordBatch {
    let mut tags = ListBuilder::new(StringBuilder::new());
    tags.values().append_value("a");
    tags.values().append_null();
    tags.append(true);
    tags.append(false);
    let mut words = StringDictionaryBuilder::<Int32Type>::new();
    words.append_value("market");
    words.append_null();
    let mut counts = MapBuilder::new(None, StringBuilder::new(), Int64Builder::new());
    counts.keys().append_value("shells");
    counts.values().append_value(3);
    counts.append(true).unwrap();
    counts.append(true).unwrap();
    let mut share = Float64Builder::new();
    share.append_value(0.1);
    share.append_value(f64::NAN);
    let amount = Decimal128Array::from(vec![Some(123_456), None]);
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("id", Arc::new(StringArray::from(vec!["a", "b"]))),
        (
            "title",
            Arc::new(StringArray::from(vec!["Shelling", "März"])),
        ),
        (
            "date",
            Arc::new(Date32Array::from(vec![Some(17_000), None])),
        ),
        (
            "seen",
            Arc::new(
                TimestampMicrosecondArray::from(vec![1_500_000_000_123_456, 0])
                    .with_timezone("UTC"),
            ),
        ),
        ("sure", Arc::new(BooleanArray::from(vec![Some(true), None]))),
        (
            "amount",
            Arc::new(amount.with_precision_and_scale(10, 2).unwrap()),
        ),
        ("tags", Arc::new(tags.finish())),
        ("words", Arc::new(words.finish())),
        ("counts", Arc::new(counts.finish())),
        ("share", Arc::new(share.finish())),
        ("where", Arc::new(points())),
    ];
    let fields: Vec<Field> = columns
        .iter()
        .map(|(name, array)| {
            let field = Field::new(*name, array.data_type().clone(), true);
            match *name {
                "where" => field.with_metadata(
                    [
                        ("ARROW:extension:name", "geoarrow.point"),
                        ("ARROW:extension:metadata", r#"{"crs":"OGC:CRS84"}"#),
                    ]
                    .map(|(k, v)| (k.to_owned(), v.to_owned())),
                ),
                _ => field,
            }
        })
        .collect();
    let arrays = columns.into_iter().map(|(_, array)| array).collect();
    RecordBatch::try_new(Arc::new(Schema::new(fields)), arrays).unwrap()
}

fn arrow_file(batch: &RecordBatch) -> Vec<u8> {
    let mut out = Vec::new();
    let mut writer = arrow_ipc::writer::FileWriter::try_new(&mut out, &batch.schema()).unwrap();
    writer.write(batch).unwrap();
    writer.finish().unwrap();
    drop(writer);
    out
}

fn arrow_stream(batch: &RecordBatch) -> Vec<u8> {
    let mut out = Vec::new();
    let mut writer = arrow_ipc::writer::StreamWriter::try_new(&mut out, &batch.schema()).unwrap();
    writer.write(batch).unwrap();
    writer.finish().unwrap();
    drop(writer);
    out
}

fn parquet_file(batch: &RecordBatch, geo: Option<&str>) -> Vec<u8> {
    let mut out = Vec::new();
    let mut writer = ArrowWriter::try_new(&mut out, batch.schema(), None).unwrap();
    writer.write(batch).unwrap();
    if let Some(geo) = geo {
        writer.append_key_value_metadata(KeyValue::new("geo".to_owned(), geo.to_owned()));
    }
    writer.close().unwrap();
    out
}

#[test]
fn values_of_every_sort_are_the_same_in_arrow_and_parquet() {
    let batch = everything();
    let file = shown(&bytes("x.arrow", arrow_file(&batch)).unwrap());
    insta::assert_snapshot!("arrow", file);
    let stream = shown(&bytes("x.arrows", arrow_stream(&batch)).unwrap());
    assert_eq!(stream, file.replace("x.arrow", "x.arrows"));
    let parquet = shown(&bytes("x.parquet", parquet_file(&batch, None)).unwrap());
    let events = |text: &str| text.split_once("=== ").unwrap().1.to_owned();
    assert_eq!(events(&parquet), events(&file));
}

/// The array as the only item of a list.
fn listed(items: ArrayRef) -> ArrayRef {
    let field = Arc::new(Field::new("item", items.data_type().clone(), true));
    let offsets = OffsetBuffer::from_lengths([items.len()]);
    Arc::new(arrow_array::ListArray::new(field, offsets, items, None))
}

#[test]
fn native_encodings_of_geoparquet_are_read() {
    let points: ArrayRef = Arc::new(points());
    let line = listed(Arc::clone(&points));
    let lines = listed(Arc::clone(&line));
    let polygons = listed(Arc::clone(&lines));
    let mut seen = Vec::new();
    for (encoding, array) in [
        ("point", &points),
        ("linestring", &line),
        ("multipoint", &line),
        ("polygon", &lines),
        ("multilinestring", &lines),
        ("multipolygon", &polygons),
        ("polygon", &points),
    ] {
        let field = Field::new("g", array.data_type().clone(), true);
        let schema = Arc::new(Schema::new(vec![field]));
        let batch = RecordBatch::try_new(schema, vec![Arc::clone(array)]).unwrap();
        let geo = format!(
            r#"{{"version":"1.1.0","primary_column":"g","columns":{{"g":{{"encoding":"{encoding}"}}}}}}"#
        );
        let (dataset, report) = bytes("x.parquet", parquet_file(&batch, Some(&geo))).unwrap();
        let shapes = dataset
            .rows()
            .map(|r| format!("{:?}", dataset.event(r).geometry));
        seen.push(format!(
            "{encoding}: {}",
            shapes.collect::<Vec<_>>().join(", ")
        ));
        seen.extend(report.problems.iter().map(ToString::to_string));
    }
    insta::assert_snapshot!(seen.join("\n"));
}

#[test]
fn other_systems_are_refused_and_plain_tables_read() {
    let geo = |crs: &str| {
        format!(
            r#"{{"primary_column":"where","columns":{{"where":{{"encoding":"point","crs":{crs}}}}}}}"#
        )
    };
    let utm = geo(r#"{"name":"WGS 84 / UTM 31N","id":{"authority":"EPSG","code":32631}}"#);
    let open = |geo: &str| bytes("x.parquet", parquet_file(&everything(), Some(geo)));
    let error = open(&utm).err().unwrap().to_string();
    assert!(error.contains("EPSG:32631 WGS 84 / UTM 31N"), "{error}");
    let codes = |opened: crate::formats::Opened| -> Vec<&str> {
        opened.1.problems.iter().map(|p| p.code).collect()
    };
    assert!(codes(open(&geo("null")).unwrap()).contains(&"crs-unsaid"));
    let error = open(r#"{"primary_column":"no","columns":{}}"#)
        .err()
        .unwrap();
    assert!(error.to_string().contains("\"no\""), "{error}");

    let columns: Vec<(&str, ArrayRef)> = vec![
        (
            "lat",
            Arc::new(Float64Array::from(vec![Some(13.5), Some(12.0), None])),
        ),
        (
            "lon",
            Arc::new(Float64Array::from(vec![Some(2.5), Some(200.0), None])),
        ),
    ];
    let batch = RecordBatch::try_from_iter(columns).unwrap();
    let (dataset, report) = bytes("x.parquet", parquet_file(&batch, None)).unwrap();
    assert_eq!((report.rows.read, report.rows.skipped), (3, 1));
    let first = dataset.rows().next().unwrap();
    assert_eq!(
        dataset.event(first).geometry,
        Some(geo::Point::new(2.5, 13.5).into())
    );
}

#[test]
fn midnight_is_a_day_only_where_all_are() {
    let of = |seconds: Vec<i64>| {
        let times = seconds
            .into_iter()
            .map(|s| 1_500_000_000_000_000 / 86_400_000_000 * 86_400_000_000 + s * 1_000_000);
        let times: ArrayRef = Arc::new(TimestampMicrosecondArray::from(times.collect::<Vec<_>>()));
        let batch = RecordBatch::try_from_iter([("date", times)]).unwrap();
        let (dataset, _) = bytes("x.parquet", parquet_file(&batch, None)).unwrap();
        let first = dataset.rows().next().unwrap();
        dataset
            .event(first)
            .when
            .as_ref()
            .unwrap()
            .edtf()
            .to_owned()
    };
    assert_eq!(of(vec![0, 86_400]), "2017-07-14");
    assert_eq!(of(vec![0, 3_600]), "2017-07-14T00:00:00Z");
}

#[test]
fn day_and_month_are_told_by_a_late_row_or_line_by_line() {
    let open = |last: &str| {
        let dates = (0..3_000).map(|_| "03/04/2020").chain([last]);
        let dates: ArrayRef = Arc::new(StringArray::from(dates.collect::<Vec<_>>()));
        let batch = RecordBatch::try_from_iter([("date", dates)]).unwrap();
        bytes("x.parquet", parquet_file(&batch, None)).unwrap()
    };
    let first = |dataset: &crate::dataset::Dataset| {
        let row = dataset.rows().next().unwrap();
        dataset.event(row).when.as_ref().unwrap().edtf().to_owned()
    };
    let (dataset, report) = open("04/25/2020");
    assert_eq!(first(&dataset), "2020-03-04");
    assert!(report.problems.iter().all(|p| p.code != "day-first"));
    let (dataset, report) = open("05/04/2020");
    assert_eq!(first(&dataset), "2020-04-03");
    let told = report
        .problems
        .iter()
        .find(|p| p.code == "day-first")
        .unwrap();
    assert_eq!((told.line, told.rows), (Some(1), 3_001));
}

#[test]
fn damage_is_an_error_and_never_a_crash() {
    let batch = everything();
    let fgb = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/fixtures/flatgeobuf/made.fgb"
    );
    for (name, whole) in [
        ("x.arrow", arrow_file(&batch)),
        ("x.arrows", arrow_stream(&batch)),
        ("x.parquet", parquet_file(&batch, None)),
        ("x.fgb", std::fs::read(fgb).unwrap()),
    ] {
        for cut in 1..24 {
            let at = whole.len() * cut / 24;
            let opened = bytes(name, whole[..at].to_vec());
            // A stream may end after any of its batches.
            if name != "x.arrows" {
                assert!(opened.is_err(), "{name} cut at {at} of {}", whole.len());
            }
        }
        let step = (whole.len() / 60).max(1);
        for at in (0..whole.len()).step_by(step) {
            for value in [0x00, 0xff] {
                let mut damaged = whole.clone();
                damaged[at] = value;
                let _ = bytes(name, damaged);
            }
        }
    }
}
