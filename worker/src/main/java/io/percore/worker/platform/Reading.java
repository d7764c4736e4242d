package io.percore.worker.platform;

/// A fact with the place that it was read from.
///
/// @param value what it said
/// @param source the file or the call
/// @param trustworthy false when this is a fallback
public record Reading(String value, String source, boolean trustworthy) {}
