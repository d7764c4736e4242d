//! Pairs on `std::sync::Arc`, for native-baseline.c.
use std::sync::Arc;

#[no_mangle]
pub extern "C" fn arc_new() -> *mut Arc<i64> {
    Box::into_raw(Box::new(Arc::new(0)))
}

/// # Safety
/// `handle` comes from `arc_new`.
#[no_mangle]
pub unsafe extern "C" fn arc_count(handle: *const Arc<i64>) -> i64 {
    Arc::strong_count(&*handle) as i64
}

/// # Safety
/// `handle` comes from `arc_new`.
#[no_mangle]
pub unsafe extern "C" fn arc_pairs(handle: *const Arc<i64>, pairs: i32) {
    for _ in 0..pairs {
        drop(Arc::clone(&*handle));
    }
}
