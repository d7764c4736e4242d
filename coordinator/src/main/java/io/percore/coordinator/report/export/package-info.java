/// Every format in which a run can be written, and the formats of other tools, one class each. What
/// percore's own formats say is decided in the package above.
@NullMarked
package io.percore.coordinator.report.export;

import org.jspecify.annotations.NullMarked;
