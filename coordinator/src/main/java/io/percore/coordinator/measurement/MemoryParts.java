package io.percore.coordinator.measurement;

import org.jspecify.annotations.Nullable;

/// What a worker process uses its memory for, in bytes. The first three are what the JVM's pools
/// held at their fullest, which stays resident with most collectors.
///
/// @param heapBytes Java heap
/// @param metaspaceBytes classes that came from no archive
/// @param codeBytes compiled code
/// @param fileBytes part of the proportional memory that shows files: the JVM, its libraries and
///   its archive of classes; null when unknown
public record MemoryParts(
    long heapBytes, long metaspaceBytes, long codeBytes, @Nullable Long fileBytes) {}
