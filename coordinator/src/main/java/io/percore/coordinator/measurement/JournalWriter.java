package io.percore.coordinator.measurement;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.percore.coordinator.plan.Catalogue;
import io.percore.coordinator.plan.Collector;
import io.percore.coordinator.plan.Experiment;
import io.percore.coordinator.plan.Experiment.Place;
import io.percore.coordinator.plan.Program;
import io.percore.coordinator.plan.Scaling;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes what the journal is made of as JSON, the properties of each record in the order of their
/// names. Its bytes are hashed: none of them may change.
final class JournalWriter {
  private static final JsonMapper MAPPER = mapper();

  private JournalWriter() {}

  private static JsonMapper mapper() {
    JsonMapper.Builder builder = JsonMapper.builder();
    JournalFormat.SCALINGS.forEach(
        (name, type) -> builder.registerSubtypes(new NamedType(type, name)));
    return builder
        .addModule(new JavaTimeModule())
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
        .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
        .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
        .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
        .addMixIn(Scaling.class, ScalingTypes.class)
        .addMixIn(JournalFormat.Line.class, WithoutNulls.class)
        .addMixIn(Catalogue.class, WithoutNulls.class)
        .addMixIn(Catalogue.Discipline.class, WithoutNulls.class)
        .addMixIn(Catalogue.Workload.class, WithoutNulls.class)
        .addMixIn(Program.class, UsualProgram.class)
        .addMixIn(RunHeader.class, WithoutNulls.class)
        .addMixIn(DisturbanceLimits.class, WithoutNulls.class)
        .addMixIn(Experiment.class, UsualUnsaid.class)
        .addMixIn(Environment.Cpu.class, EfficiencyWhereItIs.class)
        .addMixIn(ProcessSample.class, RecentWhereItIs.class)
        .addMixIn(Canary.class, WithoutNulls.class)
        .addMixIn(Measurement.class, SteadyStateWhereItIs.class)
        .build();
  }

  /// On one line.
  static byte[] json(Object object) {
    try {
      return MAPPER.writeValueAsBytes(object);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(object.getClass() + " cannot be written down", e);
    }
  }

  /// To be read by people, too.
  static byte[] pretty(Object object) {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(object);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(object.getClass() + " cannot be written down", e);
    }
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = ValueReaders.KIND)
  private interface ScalingTypes {}

  /// What has been added since is left out where it is not known, so that the hash of an older run
  /// stays what it was.
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private interface WithoutNulls {}

  interface UsualUnsaid {
    @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = UsualPlace.class)
    Place place();

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    List<Collector> collectors();
  }

  interface UsualProgram {
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Nullable Collector collector();

    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    boolean onEachMachine();
  }

  interface EfficiencyWhereItIs {
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    boolean efficiency();
  }

  interface RecentWhereItIs {
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Nullable WarmUpSlices warmUp();

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Nullable Canary canary();

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Nullable Long safepointNanos();

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Nullable Long proportionalBytes();

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Nullable MemoryParts memoryParts();

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Nullable Double clockShare();

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Nullable Integer machine();
  }

  interface SteadyStateWhereItIs {
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Nullable SteadyState steadyState();

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Nullable List<Integer> changepoints();

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Nullable List<LockLedger> lockLedgers();

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Nullable List<CallSample> calls();

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Nullable Long clockBoundNanos();
  }

  /// Equal to what is not written.
  private static final class UsualPlace {
    @Override
    public boolean equals(@Nullable Object value) {
      return value == null || value == Place.PACK;
    }

    @Override
    public int hashCode() {
      return Place.PACK.hashCode();
    }
  }
}
