package io.percore.worker.session;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.percore.proto.Catalogue;
import io.percore.proto.Cpu;
import io.percore.proto.Description;
import io.percore.proto.DisciplineInfo;
import io.percore.proto.Freeing;
import io.percore.proto.Machine;
import io.percore.proto.ParameterInfo;
import io.percore.proto.ReplayStep;
import io.percore.proto.WorkloadInfo;
import io.percore.worker.platform.MachineFacts;
import io.percore.worker.platform.Reading;
import io.percore.worker.platform.Topology;
import io.percore.worker.refcount.Discipline;
import io.percore.worker.refcount.Guarantees;
import io.percore.worker.refcount.Parameter;
import io.percore.worker.refcount.Replay;
import io.percore.worker.workload.Workload;
import java.util.List;

/// Says what a worker is and what it offers, in the words of the protocol.
public final class Descriptions {
  private Descriptions() {}

  /// The catalogue of this build, the machine and replays as one JSON document. Fields that are
  /// false, zero or empty are there too, so that a reader can rely on them.
  public static String json(MachineFacts facts, List<Replay> replays) {
    try {
      Description description =
          of(facts).toBuilder()
              .addAllReplays(replays.stream().map(Descriptions::replay).toList())
              .build();
      return JsonFormat.printer().alwaysPrintFieldsWithNoPresence().print(description);
    } catch (InvalidProtocolBufferException impossible) {
      throw new IllegalStateException("a description has no field of any type", impossible);
    }
  }

  /// The catalogue of this build and the machine.
  static Description of(MachineFacts facts) {
    return Description.newBuilder().setCatalogue(catalogue()).setMachine(machine(facts)).build();
  }

  private static io.percore.proto.Replay replay(Replay replay) {
    io.percore.proto.Replay.Builder message =
        io.percore.proto.Replay.newBuilder()
            .setDiscipline(replay.discipline().id())
            .setTaken(replay.taken())
            .setExpected(replay.expected())
            .setCounted(replay.counted())
            .setHeld(replay.held())
            .setFreed(replay.freed());
    for (Replay.Step step : replay.steps()) {
      message.addSteps(
          ReplayStep.newBuilder()
              .setThread(step.thread())
              .setAccess(step.access().name())
              .setValue(step.value())
              .setCount(step.count()));
    }
    return message.build();
  }

  private static Catalogue catalogue() {
    Catalogue.Builder catalogue = Catalogue.newBuilder();
    for (Discipline discipline : Discipline.values()) {
      catalogue.addDisciplines(discipline(discipline));
    }
    for (Workload workload : Workload.values()) {
      catalogue.addWorkloads(workload(workload));
    }
    return catalogue.build();
  }

  private static DisciplineInfo discipline(Discipline discipline) {
    DisciplineInfo.Builder info =
        DisciplineInfo.newBuilder()
            .setId(discipline.id())
            .setTitle(discipline.title())
            .setContract(discipline.contract())
            .setExact(discipline.exact())
            .setSingleThreaded(discipline.singleThreaded())
            .setLoadsPerOperation(discipline.loadsPerOperation())
            .setStoresPerOperation(discipline.storesPerOperation())
            .setCountBits(discipline.countBits())
            .setWatchable(discipline.watchable())
            .setGuarantees(guarantees(discipline.guarantees()));
    for (Parameter parameter : discipline.parameters()) {
      info.addParameters(parameter(parameter));
    }
    for (Workload workload : Workload.fitting(discipline)) {
      info.addWorkloads(workload.id());
    }
    return info.build();
  }

  private static io.percore.proto.Guarantees guarantees(Guarantees guarantees) {
    return io.percore.proto.Guarantees.newBuilder()
        .setReferenceCount(guarantees.referenceCount())
        .setZeroPrecise(guarantees.zeroPrecise())
        .setFreeing(
            switch (guarantees.freeing()) {
              case AT_ONCE -> Freeing.FREEING_AT_ONCE;
              case DEFERRED -> Freeing.FREEING_DEFERRED;
              case NEVER -> Freeing.FREEING_NEVER;
            })
        .setBound(guarantees.bound())
        .setFreedBy(guarantees.freedBy())
        .setRejectsResurrection(guarantees.rejectsResurrection())
        .setSafeToBorrow(guarantees.safeToBorrow())
        .setBorrowing(guarantees.borrowing())
        .build();
  }

  private static WorkloadInfo workload(Workload workload) {
    WorkloadInfo.Builder info =
        WorkloadInfo.newBuilder()
            .setId(workload.id())
            .setTitle(workload.title())
            .setContract(workload.contract())
            .setIncrementsOnly(workload.incrementsOnly())
            .setSharedObject(workload.sharedObject())
            .setNeedsCompany(workload.needsCompany())
            .setStoresReferences(workload.storesReferences());
    for (Parameter parameter : workload.parameters()) {
      info.addParameters(parameter(parameter));
    }
    return info.build();
  }

  private static ParameterInfo parameter(Parameter parameter) {
    ParameterInfo.Builder info =
        ParameterInfo.newBuilder()
            .setName(parameter.name())
            .setDefaultValue(parameter.defaultValue())
            .setMeaning(parameter.meaning())
            .addAllChoices(parameter.choices())
            .setMinimum(parameter.minimum())
            .setMaximum(parameter.maximum())
            .addAllInexactChoices(parameter.inexactChoices());
    for (Parameter.Requirement requirement : parameter.requirements()) {
      info.addRequirements(
          ParameterInfo.Requirement.newBuilder()
              .setChoice(requirement.choice())
              .setParameter(requirement.parameter())
              .setValue(requirement.value()));
    }
    return info.build();
  }

  private static Machine machine(MachineFacts facts) {
    Topology topology = facts.topology();
    Machine.Builder machine =
        Machine.newBuilder()
            .setHostName(facts.hostName())
            .setOs(facts.os())
            .setKernel(facts.kernel())
            .setCpuModel(facts.cpuModel())
            .setArchitecture(facts.architecture())
            .setMemoryBytes(facts.memoryBytes())
            .setAffinity(reading(topology.affinity()))
            .setTopology(reading(topology.layout()))
            .setQuota(reading(facts.quota()))
            .setCpuset(reading(topology.cpuset()))
            .setSiblings(reading(topology.siblings()))
            .setNodes(reading(topology.nodes()))
            .setEfficiency(reading(topology.efficiency()))
            .setVirtualMachine(reading(facts.virtualMachine()))
            .setHighestClock(reading(facts.highestClock()))
            .setBootId(facts.bootId())
            .setTimeNamespace(facts.timeNamespace())
            .setJvm(facts.jvm())
            .setJvmVendor(facts.jvmVendor())
            .setJavaHome(facts.javaHome())
            .setCanPin(facts.cannotPinReason().isEmpty())
            .setCannotPinReason(facts.cannotPinReason().orElse(""))
            .setOnlineCpus(topology.onlineCpus());
    for (Topology.Cpu cpu : topology.cpus()) {
      machine.addCpus(
          Cpu.newBuilder()
              .setId(cpu.id())
              .setCore(cpu.core())
              .setPackage(cpu.socket())
              .setNode(cpu.node())
              .setEfficiency(cpu.efficiency()));
    }
    return machine.build();
  }

  private static io.percore.proto.Reading reading(Reading reading) {
    return io.percore.proto.Reading.newBuilder()
        .setValue(reading.value())
        .setSource(reading.source())
        .setTrustworthy(reading.trustworthy())
        .build();
  }
}
