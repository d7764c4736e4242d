/// Several runs of one workload in one report: what differs between where and how they were made,
/// their figures side by side, and ratios between them where these say something. Pure.
@NullMarked
package io.percore.coordinator.report.several;

import org.jspecify.annotations.NullMarked;
