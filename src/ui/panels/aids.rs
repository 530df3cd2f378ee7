//! What several panels need and none should compute each frame.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use crate::formats::{DocumentState, DocumentText};
use crate::model::SourceIx;
use crate::ui::Ctx;
use crate::view::linkify::Linker;
use crate::view::reader::DocumentView;

/// Names to link, and documents with their passages found.
#[derive(Default)]
pub(super) struct Aids {
    linker: Option<(u64, Arc<Linker>)>,
    documents: RefCell<HashMap<SourceIx, (u64, Arc<DocumentView>)>>,
}

impl Aids {
    /// The names of the dataset's actors.
    pub fn linker(&mut self, cx: &Ctx<'_>) -> Arc<Linker> {
        let revision = cx.dataset().revision();
        match &self.linker {
            Some((r, linker)) if *r == revision => Arc::clone(linker),
            _ => {
                let linker = Arc::new(Linker::new(cx.dataset()));
                self.linker = Some((revision, Arc::clone(&linker)));
                self.documents.borrow_mut().clear();
                linker
            }
        }
    }

    /// The document of a source with its passages, if it is at hand.
    pub fn document(&self, cx: &Ctx<'_>, source: SourceIx) -> Option<Arc<DocumentView>> {
        let state = cx.bench.documents().state(cx.dataset(), source);
        let DocumentState::Present(text) = state else {
            self.documents.borrow_mut().remove(&source);
            return None;
        };
        let revision = cx.dataset().revision();
        let mut documents = self.documents.borrow_mut();
        let kept = documents
            .get(&source)
            .filter(|(r, view)| *r == revision && same(&view.document, &text));
        if let Some((_, view)) = kept {
            return Some(Arc::clone(view));
        }
        let view = Arc::new(DocumentView::new(cx.dataset(), source, text));
        documents.insert(source, (revision, Arc::clone(&view)));
        Some(view)
    }
}

fn same(a: &Arc<DocumentText>, b: &Arc<DocumentText>) -> bool {
    Arc::ptr_eq(a, b)
}
