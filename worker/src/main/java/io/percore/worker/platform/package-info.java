/// What the operating system and the JVM say about this machine, this process and its threads.
///
/// The only package that calls native functions. Linux is the platform that it knows; elsewhere
/// every reading degrades to "unknown" with a reason, and nothing throws.
@NullMarked
package io.percore.worker.platform;

import org.jspecify.annotations.NullMarked;
