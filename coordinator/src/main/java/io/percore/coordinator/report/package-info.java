/// How results are shown: terminal, JSON, CSV, Markdown, SVG, HTML and the formats of other tools.
@NullMarked
package io.percore.coordinator.report;

import org.jspecify.annotations.NullMarked;
