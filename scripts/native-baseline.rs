//! Pairs on `std::sync::Arc`, for native-baseline.c.
use std::sync::Arc;

/// Keeps the counts, which stand before it, away from those of the next object.
#[repr(align(128))]
pub struct Object;

#[no_mangle]
pub extern "C" fn arc_new() -> *mut Arc<Object> {
    Box::into_raw(Box::new(Arc::new(Object)))
}

/// # Safety
/// `handle` comes from `arc_new`.
#[no_mangle]
pub unsafe extern "C" fn arc_count(handle: *const Arc<Object>) -> i64 {
    Arc::strong_count(&*handle) as i64
}

/// # Safety
/// `handle` comes from `arc_new`.
#[no_mangle]
pub unsafe extern "C" fn arc_pairs(handle: *const Arc<Object>, pairs: i32) {
    for _ in 0..pairs {
        drop(Arc::clone(&*handle));
    }
}
