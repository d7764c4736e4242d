@NullMarked
package io.percore.worker;

import org.jspecify.annotations.NullMarked;
