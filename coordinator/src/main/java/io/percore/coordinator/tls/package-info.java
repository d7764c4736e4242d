/// Certificates for one run. The only package that uses Bouncy Castle.
@NullMarked
package io.percore.coordinator.tls;

import org.jspecify.annotations.NullMarked;
