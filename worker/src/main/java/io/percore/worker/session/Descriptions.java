package io.percore.worker.session;

import io.percore.proto.Cpu;
import io.percore.proto.Description;
import io.percore.proto.Machine;
import io.percore.worker.platform.MachineFacts;
import io.percore.worker.platform.Reading;
import io.percore.worker.platform.Topology;

/// Says what a worker is and what it offers, in the words of the protocol.
public final class Descriptions {
  private Descriptions() {}

  /// The catalogue of this build and the machine.
  public static Description of(MachineFacts facts) {
    return Description.newBuilder().setMachine(machine(facts)).build();
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
              .setNode(cpu.node()));
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
