/// Charts as data, their layout and their SVG. Knows nothing of what is plotted: titles, ticks and
/// read-outs come as text. Pure.
@NullMarked
package io.percore.coordinator.report.chart;

import org.jspecify.annotations.NullMarked;
