/// Whether a machine is fit for measuring: reads what the kernel says of it and judges that before
/// anything is measured.
@NullMarked
package io.percore.coordinator.doctor;

import org.jspecify.annotations.NullMarked;
