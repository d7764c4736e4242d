package io.percore.coordinator.report;

import io.percore.coordinator.stats.Estimate;
import io.percore.coordinator.stats.MachineScaling.Rates;
import org.jspecify.annotations.Nullable;

/// One line of the table of machines.
///
/// @param number of the machine, from 0
/// @param machine its name, safe to print
/// @param name of the strategy, or of the discipline at N = 1
/// @param parallelism over all machines; 1 where each has a thread to itself
/// @param threads of them on this machine
/// @param rates what they do
/// @param speedup over this machine's own N = 1; null when unknown, and at N = 1
/// @param efficiency speedup by thread; null likewise
/// @param overFirst at N = 1, over the first machine; null elsewhere, for that itself, and when
///   unknown
record MachineRow(
    int number,
    String machine,
    String name,
    int parallelism,
    int threads,
    Rates rates,
    @Nullable Estimate speedup,
    @Nullable Estimate efficiency,
    @Nullable Estimate overFirst) {}
