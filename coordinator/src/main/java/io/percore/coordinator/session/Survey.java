package io.percore.coordinator.session;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.percore.coordinator.measurement.Environment;
import io.percore.coordinator.measurement.Environment.Cpu;
import io.percore.coordinator.plan.Catalogue;
import io.percore.coordinator.plan.Guarantees;
import io.percore.coordinator.plan.Replay;
import io.percore.proto.Description;
import io.percore.proto.DisciplineInfo;
import io.percore.proto.Machine;
import io.percore.proto.ParameterInfo;
import io.percore.proto.WorkloadInfo;
import java.util.ArrayList;
import java.util.List;

/// What a worker says of itself and its machine before anything is planned.
///
/// @param catalogue what it offers
/// @param environment the machine as it sees it
public record Survey(Catalogue catalogue, Environment environment) {

  /// Reads the answer of `worker --describe`.
  ///
  /// @param json the answer
  /// @param jvmArguments that the worker was given
  /// @param jarSha256 hash of its jar
  /// @throws IllegalArgumentException when it is not such an answer
  public static Survey parse(String json, List<String> jvmArguments, String jarSha256) {
    Description.Builder description = Description.newBuilder();
    try {
      JsonFormat.parser().ignoringUnknownFields().merge(json, description);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("the worker's description cannot be read", e);
    }
    return of(description.build(), jvmArguments, jarSha256);
  }

  /// Reads what a worker or an agent says of itself.
  ///
  /// @throws IllegalArgumentException when it says too little
  static Survey of(Description description, List<String> jvmArguments, String jarSha256) {
    if (description.getMachine().getCpusCount() == 0) {
      throw new IllegalArgumentException("the worker's description names no processor");
    }
    return new Survey(
        new Catalogue(
            description.getCatalogue().getDisciplinesList().stream()
                .map(Survey::discipline)
                .toList(),
            description.getCatalogue().getWorkloadsList().stream().map(Survey::workload).toList(),
            description.getReplaysList().stream().map(Survey::replay).toList()),
        environment(description.getMachine(), jvmArguments, jarSha256));
  }

  private static Replay replay(io.percore.proto.Replay r) {
    return new Replay(
        r.getDiscipline(),
        r.getStepsList().stream()
            .map(s -> new Replay.Step(s.getThread(), s.getAccess(), s.getValue(), s.getCount()))
            .toList(),
        r.getTaken(),
        r.getExpected(),
        r.getCounted(),
        r.getHeld(),
        r.getFreed());
  }

  private static Catalogue.Discipline discipline(DisciplineInfo d) {
    return new Catalogue.Discipline(
        d.getId(),
        d.getTitle(),
        d.getContract(),
        d.getExact(),
        d.getSingleThreaded(),
        d.getLoadsPerOperation(),
        d.getStoresPerOperation(),
        d.getCountBits(),
        d.getParametersList().stream().map(Survey::parameter).toList(),
        d.getWorkloadsList(),
        d.hasGuarantees() ? guarantees(d.getGuarantees()) : null,
        d.getWatchable());
  }

  private static Guarantees guarantees(io.percore.proto.Guarantees g) {
    return new Guarantees(
        g.getReferenceCount(),
        g.getZeroPrecise(),
        switch (g.getFreeing()) {
          case FREEING_AT_ONCE -> Guarantees.Freeing.AT_ONCE;
          case FREEING_DEFERRED -> Guarantees.Freeing.DEFERRED;
          case FREEING_NEVER -> Guarantees.Freeing.NEVER;
          case FREEING_UNSPECIFIED, UNRECOGNIZED ->
              throw new IllegalArgumentException(
                  "the worker's description does not say when objects are freed");
        },
        g.getBound(),
        g.getFreedBy(),
        g.getRejectsResurrection(),
        g.getSafeToBorrow(),
        g.getBorrowing());
  }

  private static Catalogue.Workload workload(WorkloadInfo w) {
    return new Catalogue.Workload(
        w.getId(),
        w.getTitle(),
        w.getContract(),
        w.getParametersList().stream().map(Survey::parameter).toList(),
        w.getIncrementsOnly(),
        w.getSharedObject(),
        w.getNeedsCompany(),
        w.getStoresReferences());
  }

  private static Catalogue.Parameter parameter(ParameterInfo p) {
    return new Catalogue.Parameter(
        p.getName(),
        p.getDefaultValue(),
        p.getMeaning(),
        p.getChoicesList(),
        p.getMinimum(),
        p.getMaximum(),
        p.getInexactChoicesList(),
        p.getRequirementsList().stream()
            .map(r -> new Catalogue.Requirement(r.getChoice(), r.getParameter(), r.getValue()))
            .toList());
  }

  private static Environment environment(Machine m, List<String> jvmArguments, String jarSha256) {
    List<Environment.Reading> readings = new ArrayList<>();
    readings.add(reading("affinity", m.getAffinity()));
    readings.add(reading("topology", m.getTopology()));
    readings.add(reading("quota", m.getQuota()));
    readings.add(reading("cpuset", m.getCpuset()));
    readings.add(reading("threads per core", m.getSiblings()));
    readings.add(reading("NUMA nodes", m.getNodes()));
    readings.add(reading("efficiency cores", m.getEfficiency()));
    readings.add(reading("virtual machine", m.getVirtualMachine()));
    readings.add(reading(Environment.HIGHEST_CLOCK, m.getHighestClock()));
    return new Environment(
        m.getHostName(),
        m.getOs(),
        m.getKernel(),
        m.getCpuModel(),
        m.getArchitecture(),
        m.getMemoryBytes(),
        m.getOnlineCpus(),
        m.getCpusList().stream().map(c -> cpu(c)).toList(),
        m.getQuota().getValue().isEmpty() ? "none" : m.getQuota().getValue(),
        readings,
        m.getBootId(),
        m.getTimeNamespace(),
        m.getJvm(),
        m.getJvmVendor(),
        m.getJavaHome(),
        jvmArguments,
        jarSha256,
        m.getCanPin(),
        m.getCannotPinReason());
  }

  private static Cpu cpu(io.percore.proto.Cpu c) {
    return new Cpu(c.getId(), c.getCore(), c.getPackage(), c.getNode(), c.getEfficiency());
  }

  private static Environment.Reading reading(String name, io.percore.proto.Reading r) {
    return new Environment.Reading(name, r.getValue(), r.getSource(), r.getTrustworthy());
  }
}
